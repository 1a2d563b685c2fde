// The address that the page answers (data) is compared with the one in the bar; where they differ, the page is asked anew.
//
// A click's answer names a new address, and Streamlit writes it over whatever stands in the bar when it comes. Where
// Back was pressed in between, the page that follows answers the address gone back to, which is in the bar no more.

let tried; // once, or an address that the server reads otherwise would be asked for without end

const spelled = (pairs) => JSON.stringify([...pairs].map(([name, value]) => `${name}=${value}`).sort());

export default function ({ data }) {
  const [there, answered] = [spelled(new URLSearchParams(window.location.search)), spelled(data.answered)];
  const differing = there === answered ? undefined : `${there} ${answered}`;
  const again = differing && differing !== tried;
  tried = differing;
  if (again) window.dispatchEvent(new PopStateEvent("popstate")); // as if one had come here by Back
}
