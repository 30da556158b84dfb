/** Light or dark: as the system says, until the person says otherwise. */

const KEY = "vigil-theme";
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

const kept = localStorage.getItem(KEY);
if (kept) root.dataset.theme = kept;

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
}

/** @param {HTMLButtonElement} button a toggle that is pressed while the page is dark */
export function bindThemeToggle(button) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem(KEY, root.dataset.theme);
    show();
  });
  systemDark.addEventListener("change", show);
  show();
}
