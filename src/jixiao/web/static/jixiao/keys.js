/* The keyboard: / to the search field, j and k through a list, Enter opens, x ticks, Ctrl+Enter submits, ? lists the keys.
   A page adds its own by data-key="e" on a link or button; the list of keys shows it with its words.
   Keys of one letter can be switched off in that list (WCAG 2.1.4), which the browser remembers. */
(function () {
  "use strict";

  var KEPT = "jixiao.keys";
  var ROWS = "[data-rows] > :not([hidden])";

  function on() {
    try { return localStorage.getItem(KEPT) !== "off"; } catch (error) { return true; }
  }
  function keep(wanted) {
    try { localStorage.setItem(KEPT, wanted ? "on" : "off"); } catch (error) { /* not kept, then */ }
  }
  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type);
  }

  function rows() { return Array.from(document.querySelectorAll(ROWS)); }
  function current() { return document.querySelector("[data-rows] > .current"); }
  function go(step) {
    var all = rows();
    if (!all.length) { return; }
    var at = all.indexOf(current());
    var next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    all.forEach(function (row) { row.classList.toggle("current", row === next); });
    var focus = next.matches("a, button, [tabindex]") ? next : next.querySelector("a, button, input, [tabindex]");
    if (focus) { focus.focus({ preventScroll: true }); }
    next.scrollIntoView({ block: "nearest" });
  }

  function search() {
    var field = document.querySelector("[data-search], input[type=search]");
    if (field) { field.focus(); field.select(); }
    return Boolean(field);
  }
  function tick() {
    var box = current() && current().querySelector("input[type=checkbox]");
    if (box) { box.click(); }
    return Boolean(box);
  }
  function enter(event) {
    var link = current() && current().querySelector("a");
    if (!link || event.target.closest("a, button, summary, input")) { return false; }
    link.click();
    return true;
  }
  function own(key) {
    var found = Array.from(document.querySelectorAll("[data-key]")).find(function (one) { return one.dataset.key === key && !one.disabled; });
    if (found) { found.click(); }
    return Boolean(found);
  }

  /* The list of keys, with those of this page. */
  function list() {
    var dialog = document.getElementById("keys");
    var place = dialog.querySelector("[data-keys]");
    place.querySelectorAll("[data-own]").forEach(function (old) { old.remove(); });
    document.querySelectorAll("[data-key]").forEach(function (one) {
      var name = document.createElement("dt");
      var says = document.createElement("dd");
      var key = document.createElement("kbd");
      key.textContent = one.dataset.key;
      name.append(key);
      says.textContent = one.dataset.says || one.getAttribute("aria-label") || one.textContent.trim();
      name.dataset.own = says.dataset.own = "";
      place.append(name, says);
    });
    window.jixiao.open(dialog, document.activeElement);
    return true;
  }

  function submit(target) {
    var form = target.form || target.closest && target.closest("form") || document.querySelector("form[data-main]");
    if (form) { form.requestSubmit(); }
    return Boolean(form);
  }

  function act(event) {
    switch (event.key) {
      case "/": return search();
      case "?": return list();
      case "j": go(1); return rows().length > 0;
      case "k": go(-1); return rows().length > 0;
      case "x": return tick() || own("x");
      case "Enter": return enter(event);
      default: return event.key.length === 1 && own(event.key);
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.defaultPrevented) { return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (submit(event.target)) { event.preventDefault(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !on()) { return; }
    if (document.querySelector("dialog[open]")) { return; }
    if (act(event)) { event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    var row = event.target.closest(ROWS);
    if (row) { rows().forEach(function (one) { one.classList.toggle("current", one === row); }); }
    var opens = event.target.closest("[data-opens=keys]");
    if (opens) { event.preventDefault(); event.stopPropagation(); list(); }
  }, true);
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-keys-on]")) { keep(event.target.checked); }
  });
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.querySelector("[data-keys-on]");
    if (box) { box.checked = on(); }
  });
})();
