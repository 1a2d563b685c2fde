// The framed map page: what folium drew → regions that are coloured, named, clicked, and gone through by keyboard.
//
// It speaks with the page that frames it by messages of one origin. Up: {ready: true} once, {region, n} on each pick.
// Down: {fills, values, select, disputed}, any of them absent for "as before". Only ids, numbers and colours
// cross; names are in the page already and are only ever set as text.
"use strict";

const FOCUS = { color: "#000", weight: 2.5, dashArray: "4 4" };
const SELECTED = { color: "#111", weight: 3 };
const HALO = { color: "#fff", weight: 7 };
const BARE = { fill: false, interactive: false, pane: "selection" };
const MARGIN = [6, 6]; // pixels around the whole country
const FREE_ZOOM_OUT = 0.4; // zoom levels further out than the whole country
const DISTRICT_NAMES_FROM = 0.9; // zoom levels nearer than the whole country
const NAME_SHIFTS = [0, -0.8, 0.8, -1.5, 1.5]; // in heights of the name, tried in this order

function showRegions({ map, regions, outlines, disputed, facts }) {
  const layers = new Map(regions.getLayers().map((layer) => [layer.feature.id, layer]));
  const values = new Map();
  const country = regions.getBounds();
  const selection = L.layerGroup().addTo(map);
  const focus = L.layerGroup().addTo(map);

  document.documentElement.lang = facts.lang;
  map.getContainer().setAttribute("aria-label", facts.help);
  L.control.zoom({ position: "topleft", zoomInTitle: facts.zoomIn, zoomOutTitle: facts.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  keepInFrame(map, country);
  writeNames(map, facts);

  let picks = 0;
  for (const [id, layer] of layers) {
    const pick = () => post({ region: id, n: ++picks });
    layer.on("click", pick);
    layer.words = facts.regions[id];
    layer.bindTooltip(() => tooltip(layer, values, facts), { sticky: true, direction: "auto", opacity: 1 });
    makeButton(layer, pick, focus);
    describe(layer, values);
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || origin !== window.location.origin || !data) return;
    if (data.fills) paint(layers, data.fills);
    if (data.values) count(layers, values, data.values);
    if ("disputed" in data) show(map, disputed, data.disputed === true);
    if ("select" in data) select(selection, layers.get(data.select));
  });
  post({ ready: true });
}

function post(message) {
  if (window.parent !== window) window.parent.postMessage(message, window.location.origin);
}

// Colours and numbers from outside, each checked.

function paint(layers, fills) {
  for (const [id, layer] of layers) {
    if (/^#[0-9a-f]{6}$/i.test(fills[id])) layer.setStyle({ fillColor: fills[id] });
  }
}

function count(layers, values, given) {
  values.clear();
  for (const [id, layer] of layers) {
    if (Number.isFinite(given[id])) values.set(id, given[id]);
    describe(layer, values);
  }
}

function show(map, layer, wanted) {
  if (wanted) layer.addTo(map);
  else layer.remove();
}

function select(group, layer) {
  group.clearLayers();
  if (!layer) return;
  for (const style of [HALO, SELECTED]) L.geoJSON(layer.feature, { style: { ...BARE, ...style }, ...BARE }).addTo(group);
}

// Names and tooltips: text nodes only.

function caption({ feature, words }, values) {
  const value = values.get(feature.id);
  return value === undefined ? words.name : `${words.name}: ${value.toLocaleString("en")}`;
}

function tooltip(layer, values, facts) {
  const box = document.createElement("div");
  box.dir = facts.dir;
  box.textContent = caption(layer, values);
  if (layer.words.note) {
    const note = document.createElement("small");
    note.textContent = layer.words.note;
    box.append(note);
  }
  return box;
}

function describe(layer, values) {
  layer.getElement().setAttribute("aria-label", caption(layer, values));
}

// Each region is a button: Tab reaches it, Enter and Space press it, a ring along its border shows where one is.

function makeButton(layer, press, focus) {
  const path = layer.getElement();
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  path.dataset.region = layer.feature.id;
  path.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });
  path.addEventListener("focus", () => {
    if (!path.matches(":focus-visible")) return;
    for (const style of [HALO, FOCUS]) L.geoJSON(layer.feature, { style: { ...BARE, ...style }, ...BARE }).addTo(focus);
    layer.openTooltip(layer.getCenter());
  });
  path.addEventListener("blur", () => {
    focus.clearLayers();
    layer.closeTooltip();
  });
}

// The whole country fills the frame, whatever its size, until the reader moves the map.

function keepInFrame(map, country) {
  let fitting = false;
  let moved = false;
  const fit = () => {
    fitting = true;
    map.invalidateSize({ animate: false, pan: false });
    if (!moved) {
      map.options.minZoom = 0; // of the frame's old size
      map.fitBounds(country, { padding: MARGIN, animate: false });
    }
    map.setMinZoom(map.getBoundsZoom(country, false, L.point(MARGIN).multiplyBy(2)) - FREE_ZOOM_OUT);
    fitting = false;
  };
  fit();
  map.setMaxZoom(12);
  map.setMaxBounds(country.pad(2));
  map.on("movestart", () => { moved ||= !fitting; });
  new ResizeObserver(fit).observe(map.getContainer());
}

// Names stand where there is room: in the order given, shifted a little if need be, else left out at this zoom.

function writeNames(map, facts) {
  const names = facts.names.map(({ level, at, text }) => {
    const element = document.createElement("div");
    element.className = `place-name ${level}`;
    element.dir = facts.dir;
    element.textContent = text;
    map.getPane("names").append(element);
    return { element, level, at: L.latLng(at) };
  });
  const whole = () => map.getMinZoom() + FREE_ZOOM_OUT;
  const place = () => {
    const taken = [];
    for (const { element, level, at } of names) {
      const near = map.getZoom() >= whole() + DISTRICT_NAMES_FROM;
      const wanted = level === "governorate" || near;
      element.hidden = !(wanted && standing(element, map.latLngToLayerPoint(at), taken));
    }
  };
  map.on("zoomend viewreset resize", place);
  document.fonts.ready.then(place);
  place();
}

function standing(element, point, taken) {
  element.hidden = false;
  const width = element.offsetWidth;
  const height = element.offsetHeight;
  for (const shift of NAME_SHIFTS) {
    const middle = point.add([0, shift * height]);
    const box = L.bounds(middle.subtract([width / 2, height / 2]), middle.add([width / 2, height / 2]));
    if (taken.some((other) => other.overlaps(box))) continue;
    taken.push(box);
    element.style.left = `${middle.x}px`;
    element.style.top = `${middle.y}px`;
    return true;
  }
  return false;
}
