// The dashboard's side of the map: frames the page that data.page names, tells it what to show, and hands picks on.
// The frame stays as long as the page does, so the reader's view of the map outlives every rerun.

export default function ({ data, parentElement, setTriggerValue }) {
  const holder = parentElement.querySelector(".map");
  let frame = holder.firstElementChild;
  if (frame?.dataset.page !== data.page) {
    holder.stopListening?.();
    frame = framed(data);
    holder.replaceChildren(frame); // a new element, not a new src: that would be one more step for Back
    holder.stopListening = listen(frame);
  }
  frame.pick = (region) => setTriggerValue("picked", region);
  frame.tell = () => frame.contentWindow.postMessage(data.shown, window.location.origin);
  if (frame.ready) frame.tell();
  return () => holder.stopListening();
}

function framed({ page, title }) {
  const frame = document.createElement("iframe");
  frame.dataset.page = page;
  frame.title = title;
  frame.src = new URL(`app/static/${page}`, document.baseURI).href; // relative: the app may stand below a path
  return frame;
}

function listen(frame) {
  const heard = ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== window.location.origin || !data) return;
    if (data.ready === true) {
      frame.ready = true;
      frame.tell();
    } else if (typeof data.region === "string") {
      frame.pick(data.region);
    }
  };
  window.addEventListener("message", heard);
  return () => window.removeEventListener("message", heard);
}
