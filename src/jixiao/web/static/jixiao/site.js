/* What every page does: the token of forms goes with every request, answers that fail become sentences,
   menus and dialogs open and close. ES2019; no page depends on it but for what happens without loading anew. */
(function () {
  "use strict";

  var SAID = {
    0: "连不上服务器，刚才的操作没有完成。请检查网络，然后再试一次。",
    403: "您不能这样做。如需办理，请联系主管部门或财政局绩效管理人员。",
    404: "没有找到要办的内容，它可能已被别人改动。请刷新页面。",
    409: "别人刚刚办理过，这一步没有完成。请刷新页面，看现在到了哪一步。",
    413: "文件太大，没有上传。请分开上传，或压缩后再试。",
    429: "操作太频繁，请稍等一会儿再试。",
    500: "程序遇到意外，这一步没有完成，已填的内容没有改动。请再试一次；仍不行，请把时间告诉系统管理员。",
    502: "服务器正在重新启动，这一步可能没有办成。一般几秒钟就恢复，请稍等再试一次。",
    503: "服务器正忙，这一步没有完成。请稍后再试。",
    504: "服务器正忙，这一步可能没有办成。请稍等再试一次。"
  };

  function token() {
    return document.querySelector("meta[name=csrf-token]").content;
  }

  /* Show a sentence where the page speaks to its user; level is success, info, warning or error. */
  function say(level, text) {
    var place = document.getElementById("messages");
    var box = document.createElement("div");
    var said = document.createElement("p");
    var close = document.createElement("button");
    box.className = "message message-" + level;
    said.textContent = text;
    close.type = "button";
    close.className = "close";
    close.dataset.closes = ".message";
    close.setAttribute("aria-label", "关闭这条消息");
    close.textContent = "×";
    box.append(said, close);
    Array.from(place.children).forEach(function (one) {
      if (one.textContent === box.textContent) { one.remove(); }
    });
    place.append(box);
    var top = place.getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight) { place.scrollIntoView({ block: "start" }); }
    return box;
  }

  /* The sentence of an answer: its own where it has one, else that of its status. */
  function sentence(status, html) {
    var page = new DOMParser().parseFromString(html || "", "text/html");
    var own = page.querySelector("[data-said]");
    var title = page.querySelector("[data-fault] h1");
    if (own) { return (title ? title.textContent + "：" : "") + own.textContent; }
    return SAID[status] || (status >= 500 ? SAID[500] : "这一步没有完成（" + status + "）。请刷新页面后再试。");
  }

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:responseError", function (event) {
    var answer = event.detail.xhr;
    say("error", sentence(answer.status, answer.responseText));
  });
  document.addEventListener("htmx:sendError", function () { say("error", SAID[0]); });
  document.addEventListener("htmx:timeout", function () { say("error", SAID[503]); });

  var waiting = 0;
  function wait(change) {
    waiting = Math.max(0, waiting + change);
    document.documentElement.classList.toggle("is-busy", waiting > 0);
  }
  document.addEventListener("htmx:beforeRequest", function (event) { if (!event.target.closest("[data-quiet]")) { wait(1); } });
  document.addEventListener("htmx:afterRequest", function (event) { if (!event.target.closest("[data-quiet]")) { wait(-1); } });
  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented && !event.target.closest("[hx-post],[hx-get],[data-hx-post]")) { wait(1); }
  });
  window.addEventListener("pageshow", function () { waiting = 0; wait(0); });

  /* Dialogs: data-opens="id" opens, data-closes="dialog" (a selector above) closes; the focus goes back. */
  function open(dialog, from) {
    if (!dialog || dialog.open) { return; }
    dialog.addEventListener("close", function () { if (from && from.focus) { from.focus(); } }, { once: true });
    dialog.showModal();
  }
  document.addEventListener("click", function (event) {
    var opens = event.target.closest("[data-opens]");
    if (opens) {
      var dialog = document.getElementById(opens.dataset.opens);
      if (dialog) { event.preventDefault(); open(dialog, opens); }
      return;
    }
    var closes = event.target.closest("[data-closes]");
    if (closes) {
      var what = closes.closest(closes.dataset.closes);
      if (what && what.tagName === "DIALOG") { what.close(); } else if (what) { what.remove(); }
      return;
    }
    if (event.target.tagName === "DIALOG") { event.target.close(); }
  });

  /* What is folded away on a phone: <button data-unfolds="id">. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-unfolds]");
    var open = button && button.getAttribute("aria-expanded") !== "true";
    if (!button) { return; }
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.dataset.unfolds).classList.toggle("unfolded", open);
  });

  /* Menus are <details>: one is open at a time; Escape and a click beside it close it. */
  function closeMenus(but) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) { if (menu !== but) { menu.open = false; } });
  }
  document.addEventListener("toggle", function (event) {
    if (event.target.matches && event.target.matches("details.menu") && event.target.open) { closeMenus(event.target); }
  }, true);
  document.addEventListener("click", function (event) { closeMenus(event.target.closest("details.menu")); });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* A control that sends its form when it changes: <select data-sends>. */
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-sends]")) { event.target.form.requestSubmit(); }
    var all = event.target.closest("[data-picks]");
    if (all) {
      document.querySelectorAll(all.dataset.picks).forEach(function (box) { box.checked = all.checked; });
    }
    if (all || event.target.closest(".pick")) { picked(); }
  });
  /* How many rows are ticked: data-picked shows the number, data-wants-picked can be pressed only with some. */
  function picked() {
    var count = document.querySelectorAll("tbody .pick input:checked").length;
    document.querySelectorAll("tbody .pick input").forEach(function (box) {
      box.closest("tr").classList.toggle("chosen-row", box.checked);
    });
    document.querySelectorAll("[data-picked]").forEach(function (place) { place.textContent = String(count); });
    document.querySelectorAll("[data-wants-picked]").forEach(function (button) { button.disabled = count === 0; });
  }

  /* On paper nothing is folded away; <button data-prints> waits first for what is only fetched when it comes into sight. */
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll("main details:not([open]):not(.menu):not(.more)"));
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-prints]")) { return; }
    var left = 100;
    document.querySelectorAll("[data-later]").forEach(function (one) {
      if (one.querySelector(".waiting")) { window.htmx.trigger(one, "wanted"); }
    });
    (function look() {
      left -= 1;
      if (left && document.querySelector("[data-later] .waiting")) { setTimeout(look, 200); } else { window.print(); }
    }());
  });

  function arrive() {
    var first = document.querySelector("main [data-focus]");
    if (first) { first.focus(); }
    picked();
  }
  document.addEventListener("DOMContentLoaded", arrive);
  document.addEventListener("htmx:afterSettle", picked);

  window.jixiao = { say: say, sentence: sentence, token: token, open: open };
})();
