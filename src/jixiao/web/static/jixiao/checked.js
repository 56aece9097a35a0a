/* A checked paper: a click on either side shows its other end; the sides stay where they are when one is answered. */
(function () {
  "use strict";

  var ACTS = "button, input, select, textarea, summary.btn, label";
  var kept = {};

  function unfold(target) {
    for (var at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    var inside = target.matches("details") ? target : target.querySelector("details");
    if (inside) { inside.open = true; }
  }
  function centre(target) {
    var pane = target.closest("[data-pane]");
    if (pane && pane.scrollHeight > pane.clientHeight + 4) {
      var box = target.getBoundingClientRect(), frame = pane.getBoundingClientRect();
      pane.scrollTo({ top: pane.scrollTop + box.top - frame.top - (pane.clientHeight - Math.min(box.height, pane.clientHeight)) / 2,
        left: Math.max(0, pane.scrollLeft + box.left - frame.left - 40) });
    } else {
      target.scrollIntoView({ block: "center" });
    }
  }
  function show(from) {
    var target = document.getElementById(from.dataset.to);
    if (!target) { return; }
    document.querySelectorAll(".on").forEach(function (one) { one.classList.remove("on"); });
    unfold(target);
    centre(target);
    target.classList.add("on");
    var own = from.id ? from : from.closest("[id][data-to]");
    if (own) { own.classList.add("on"); }
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest) { return; }
    var from = event.target.closest("[data-to]");
    if (!from || !from.closest("#paper") || event.target.closest(ACTS)) { return; }
    if (event.target.closest("a")) { event.preventDefault(); }
    show(from);
  });

  /* A file that is taken away leaves the page as it is, but for the menu. */
  document.addEventListener("click", function (event) {
    var menu = event.target.closest && event.target.closest(".head-checked .menu-list a") && event.target.closest("details");
    if (menu) { window.setTimeout(function () { menu.open = false; }, 0); }
  });

  function panes() { return document.querySelectorAll("#paper [data-pane]"); }
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target && event.detail.target.id === "paper") {
      panes().forEach(function (pane) { kept[pane.dataset.pane] = [pane.scrollTop, pane.scrollLeft]; });
      kept.page = window.scrollY;
    }
  });
  document.addEventListener("htmx:afterSwap", function () {
    if (kept.page === undefined) { return; }
    panes().forEach(function (pane) {
      var was = kept[pane.dataset.pane];
      if (was) { pane.scrollTop = was[0]; pane.scrollLeft = was[1]; }
    });
    window.scrollTo(0, kept.page);
    kept = {};
  });
})();
