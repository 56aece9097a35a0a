/* What a cell offers to be chosen: classes, units, tiers. A click into the cell lists them, Alt+F too; another word is
   typed as it is. */
(function () {
  "use strict";

  var mine = window.jixiaoFill;
  if (!mine) { return; }
  var field = null;

  function list() { return field && document.getElementById("offer-" + field.dataset.offer); }
  function close() {
    mine.sheet.querySelectorAll(".fill-offers").forEach(function (one) { one.hidden = true; });
    if (field) { field.removeAttribute("aria-expanded"); }
    field = null;
  }
  function open(from) {
    close();
    if (!from.dataset.offer) { return; }
    field = from;
    var box = list(), at = from.getBoundingClientRect(), around = mine.sheet.getBoundingClientRect();
    if (!box || !box.children.length) { field = null; return; }
    box.hidden = false;
    box.style.left = at.left - around.left + mine.sheet.scrollLeft + "px";
    box.style.top = at.bottom - around.top + mine.sheet.scrollTop + "px";
    box.style.minWidth = at.width + "px";
    Array.from(box.children).forEach(function (word) { word.setAttribute("aria-selected", String(word.textContent === from.value.trim())); });
    field.setAttribute("aria-expanded", "true");
  }
  function take(word) {
    var to = field;
    to.value = word;
    close();
    to.dispatchEvent(new Event("input", { bubbles: true }));
    to.dispatchEvent(new Event("change", { bubbles: true }));
    to.focus();
  }

  mine.sheet.addEventListener("click", function (event) {
    if (event.target.closest(".fill-offers li")) { take(event.target.textContent); return; }
    if (event.target.dataset && event.target.dataset.offer) { open(event.target); } else { close(); }
  });
  mine.sheet.addEventListener("input", function () { if (field) { close(); } });
  mine.sheet.addEventListener("focusout", function (event) {
    if (field && !(event.relatedTarget && event.relatedTarget.closest(".fill-offers"))) { setTimeout(function () { if (field && document.activeElement !== field && !document.activeElement.closest(".fill-offers")) { close(); } }, 150); }
  });
  mine.sheet.addEventListener("keydown", function (event) {
    if (event.altKey && event.code === "KeyF" && event.target.dataset.offer) {
      event.preventDefault();
      open(event.target);
      if (list()) { (list().querySelector("[aria-selected=true]") || list().firstElementChild).focus(); }
      return;
    }
    var word = event.target.closest(".fill-offers li");
    if (event.key === "Escape" && field) { var back = field; close(); back.focus(); return; }
    if (!word) { return; }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); take(word.textContent); }
    var to = event.key === "ArrowDown" ? word.nextElementSibling : event.key === "ArrowUp" ? word.previousElementSibling : null;
    if (to) { event.preventDefault(); to.focus(); }
  });
})();
