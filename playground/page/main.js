/** Puts the page together. */

import { CrowdPanel } from "./crowd.js";
import { Hood } from "./hood.js";
import { follow } from "./live.js";
import { Stage } from "./stage.js";
import { Tabs } from "./tabs.js";
import { bindThemeToggle } from "./theme.js";
import { World } from "./world.js";

const world = new World();
const tabs = new Tabs();
const hood = new Hood(document.querySelector("#hood"), document.querySelector("#hood-toggle"), world);
new Stage(world, tabs);

document.querySelector('[data-tab="hood"]').addEventListener("click", () => hood.refresh());
bindThemeToggle(document.querySelector("#theme-toggle"));

new CrowdPanel(document.querySelector("#crowd"), world);

const lost = document.querySelector("#lost");
follow(world, (connected) => {
  lost.textContent = connected ? "" : "The playground does not answer. Trying again…";
  document.body.classList.toggle("ready", connected || document.body.classList.contains("ready"));
});
