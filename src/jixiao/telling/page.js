"use strict";
document.addEventListener("click", (event) => {
  const from = event.target.closest("[data-to]");
  if (!from) return;
  if (event.target.closest("a")) event.preventDefault();
  const to = document.getElementById(from.dataset.to);
  if (!to) return;
  for (const old of document.querySelectorAll(".on")) old.classList.remove("on");
  for (let folded = to.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  const inside = to.querySelector("details");
  if (inside) inside.open = true;
  from.classList.add("on");
  to.classList.add("on");
  to.scrollIntoView({ block: "center", inline: "nearest" });
});
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});
