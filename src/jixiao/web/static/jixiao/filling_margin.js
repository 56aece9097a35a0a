/* The margin: the row's article and evidence, the report beside the table; who else is here, and what they changed. */
(function () {
  "use strict";

  var mine = window.jixiaoFill;
  if (!mine) { return; }
  var margin = document.getElementById("margin");
  var report = document.getElementById("narrative");
  var row = "";
  var timer = null;
  /* Milliseconds between two questions who else is here: while somebody is, and while nobody is. */
  var OFTEN = 8000, SELDOM = 20000;

  function fetched(address) {
    return fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" } }).then(function (answer) {
      return answer.text().then(function (html) {
        if (!answer.ok) { throw new Error(window.jixiao.sentence(answer.status, html)); }
        return html;
      });
    });
  }
  function show() {
    if (!row) { return; }
    var wanted = row;
    fetched(mine.fill.dataset.save + "?row=" + encodeURIComponent(row)).then(function (html) {
      if (wanted === row && !margin.contains(document.activeElement)) { margin.innerHTML = html; }
    }).catch(function () { /* the margin stays as it was */ });
  }
  function soon() { clearTimeout(timer); timer = setTimeout(show, 180); }

  mine.sheet.addEventListener("focusin", function (event) {
    var field = event.target;
    mine.sheet.querySelectorAll(".fill-here").forEach(function (old) { old.classList.remove("fill-here"); });
    if (!field.dataset || !field.dataset.cell) { return; }
    field.closest("tr").classList.add("fill-here");
    if (field.dataset.of !== row) { row = field.dataset.of; soon(); poll(); }
  });
  document.addEventListener("fill:said", function () { soon(); if (!report.hidden) { draw(); } });

  /* Evidence goes up and comes back without leaving the page. */
  margin.addEventListener("submit", function (event) {
    var form = event.target.closest("[data-margins]");
    if (!form) { return; }
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-CSRFToken": window.jixiao.token(), "HX-Request": "true" } }).then(function (answer) {
      return answer.text().then(function (html) {
        if (answer.ok) { margin.innerHTML = html; return; }
        var said = "";
        try { said = JSON.parse(html).fault; } catch (error) { said = window.jixiao.sentence(answer.status, html); }
        window.jixiao.say("error", said);
      });
    }).catch(function () { window.jixiao.say("error", "没有连上服务器，文件没有上传：请稍后再试。"); });
  });

  document.querySelectorAll("[data-tab]").forEach(function (tab) {
    tab.addEventListener("click", function () {
      document.querySelectorAll("[data-tab]").forEach(function (one) {
        one.setAttribute("aria-selected", String(one === tab));
        document.getElementById(one.dataset.tab).hidden = one !== tab;
      });
      mine.fill.classList.toggle("fill-wide", tab.dataset.tab === "narrative");
      window.dispatchEvent(new Event("resize"));
      if (tab.dataset.tab === "narrative") { draw(); }
    });
  });

  /* The report: drawn anew with the table, but for a paragraph that is being written. */
  function draw() {
    if (report.querySelector("textarea:not([readonly])")) { return; }
    fetched(mine.fill.dataset.narrative).then(function (html) { report.innerHTML = html; }).catch(function (error) { window.jixiao.say("error", error.message); });
  }
  function write(given) {
    return fetch(mine.fill.dataset.narrative, { method: "POST", body: new URLSearchParams(given), credentials: "same-origin", headers: { "X-CSRFToken": window.jixiao.token(), "HX-Request": "true" } }).then(function (answer) {
      return answer.text().then(function (html) {
        if (answer.ok || answer.headers.get("Content-Type").indexOf("html") > 0 && html.indexOf("fill-report") > 0) { report.innerHTML = html; return; }
        window.jixiao.say("error", window.jixiao.sentence(answer.status, html));
      });
    }).catch(function () { window.jixiao.say("error", "没有连上服务器，这一段没有保存：请稍后再试。"); });
  }
  report.addEventListener("click", function (event) {
    var edit = event.target.closest("[data-edit]"), send = event.target.closest("[data-write]"), bound = event.target.closest("[data-paths]");
    var part = event.target.closest("[data-part]");
    if (edit) {
      var box = document.createElement("textarea");
      box.className = "form-control";
      box.value = part.dataset.text;
      box.setAttribute("aria-label", "这一段的文字");
      part.querySelector("p").replaceWith(box);
      box.style.height = box.scrollHeight + 4 + "px";
      part.querySelector(".fill-tools").innerHTML = "<button type=\"button\" class=\"btn btn-sm btn-primary\" data-write=\"write\">保存这一段</button>";
      box.focus();
    } else if (send) {
      var area = part && part.querySelector("textarea");
      write({ act: send.dataset.write, key: part ? part.dataset.part : "", seen: part ? part.dataset.seen : 0, text: area ? area.value : "" });
    } else if (bound) {
      to(bound.dataset.paths.split(" ")[0]);
    }
  });
  function to(path) {
    var parts = path.split("."), names = { score_printed: "score", rate_printed: "rate" };
    var found = mine.fields().find(function (one) { return one.dataset.cell === path; });
    if (!found && parts[0] === "indicators") {
      var rows = Array.from(mine.sheet.querySelectorAll("tr.fill-row"));
      var line = rows[Number(parts[1])];
      found = line && line.querySelector("[data-cell=\"" + (names[parts[2]] || parts[2] || mine.sheet.querySelector("[data-naming]").dataset.naming) + "\"]");
    }
    if (found) { found.focus(); found.scrollIntoView({ block: "center" }); }
  }

  /* Who else is here; what they saved comes in where nobody here is typing. */
  var asked = false, since = 0, company = false;
  function poll() {
    if (asked || document.hidden || Date.now() - since < (company ? OFTEN : SELDOM) - 1000) { return; }
    asked = true;
    since = Date.now();
    mine.post(mine.fill.dataset.presence, { row: row, version: mine.fill.dataset.version }).then(function (told) {
      asked = false;
      if (told.fault) { return; }
      company = told.others > 0;
      document.getElementById("here").innerHTML = told.here;
      mine.sheet.querySelectorAll("[data-with]").forEach(function (old) { delete old.dataset.with; });
      Object.keys(told.at).forEach(function (at) {
        var line = mine.sheet.querySelector("[data-line=\"" + at + "\"]");
        if (line) { line.dataset.with = told.at[at]; }
      });
      if (told.state !== mine.fill.dataset.state) { window.jixiao.say("warning", "这份材料刚被送走或退回：请刷新页面。"); }
      if (Number(told.version) > Number(mine.fill.dataset.version) && !mine.unsaved().length) { mine.renew(); }
    }).catch(function () { asked = false; });
  }
  setInterval(poll, OFTEN / 2);
  poll();
})();
