/** Building elements. Text always becomes text nodes: nothing on this page parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. Attributes named `on…` are listeners, true is an empty attribute,
 * and null, undefined or false leave the attribute (or the child) out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat().filter(isGiven));
  return element;
}

function set(element, name, value) {
  if (!isGiven(value)) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

function isGiven(value) {
  return value !== null && value !== undefined && value !== false;
}

/** A decorative icon from icons.svg; it takes the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button that does something on this page. */
export function button(className, onclick, ...children) {
  return h("button", { type: "button", class: className, onclick }, children);
}

/** A button that shows only an icon: the label is its accessible name and its tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes },
    icon(name),
  );
}

/** Text that only screen readers meet. */
export function spoken(text) {
  return h("span", { class: "visually-hidden" }, text);
}

/** Runs `work` before the next paint, once, however often it is asked for until then. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

let lastId = 0;

/** An id that no other element on the page has, for aria-controls and the like. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
