/* A filing's pages: click a mark or a finding and the other side shows it; the re-check keeps each row as it is typed. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var from = event.target.closest("[data-to]");
    if (!from || event.target.closest("button, input, textarea, select, summary")) { return; }
    var to = document.getElementById(from.dataset.to);
    if (!to) { return; }
    if (event.target.closest("a")) { event.preventDefault(); }
    document.querySelectorAll(".on").forEach(function (old) { old.classList.remove("on"); });
    var folded = to.querySelector("details");
    if (folded) { folded.open = true; }
    from.classList.add("on");
    to.classList.add("on");
    to.scrollIntoView({ block: "center", inline: "nearest" });
  });

  /* The re-check: one row after the other is sent, each with the version that the one before came back with. */
  var table = document.querySelector("[data-recheck]");
  if (!table) { return; }
  var line = Promise.resolve();

  function foot() { return document.getElementById("recheck-foot"); }
  function take(html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var fresh = page.getElementById("recheck-foot");
    if (fresh) {
      foot().replaceWith(document.importNode(fresh, true));
      document.querySelectorAll("[data-version]").forEach(function (field) { field.value = fresh.dataset.versionIs; });
    }
    return page;
  }
  function send(address, fields) {
    var body = new URLSearchParams(fields);
    body.set("seen", foot().dataset.versionIs);
    return fetch(address, { method: "POST", body: body, headers: { "X-CSRFToken": window.jixiao.token(), "HX-Request": "true" } })
      .then(function (answer) { return answer.text().then(function (html) { return { status: answer.status, html: html }; }); });
  }
  function fail(status, html) { window.jixiao.say("error", window.jixiao.sentence(status, html)); }

  function keep(row) {
    var fields = { key: row.dataset.row };
    row.querySelectorAll("input, textarea").forEach(function (input) { fields[input.name] = input.value; });
    row.classList.add("saving");
    return send(table.dataset.recheck, fields).then(function (answer) {
      row.classList.remove("saving");
      var said = row.querySelector(".row-said");
      if (answer.status !== 200) {
        said.textContent = window.jixiao.sentence(answer.status, answer.html);
        row.classList.add("wants");
        return;
      }
      var fresh = take(answer.html).querySelector("[data-row]");
      row.className = fresh.className;
      row.querySelector("[data-apart]").textContent = fresh.querySelector("[data-apart]").textContent;
      said.textContent = fresh.querySelector(".row-said").textContent;
    }).catch(function () { row.classList.remove("saving"); fail(0, ""); });
  }
  table.addEventListener("change", function (event) {
    var row = event.target.closest("[data-row]");
    if (row) { line = line.then(function () { return keep(row); }); }
  });
  var opinion = document.querySelector("[data-opinion]");
  if (opinion) {
    opinion.addEventListener("change", function () {
      line = line.then(function () {
        return send(opinion.dataset.opinion, { opinion: opinion.value }).then(function (answer) {
          if (answer.status === 200) { take(answer.html); } else { fail(answer.status, answer.html); }
        }).catch(function () { fail(0, ""); });
      });
    });
  }
  /* Enter goes down a column, as in a workbook; finishing waits for what is still being kept. */
  table.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches("input, textarea") || event.shiftKey) { return; }
    event.preventDefault();
    var row = event.target.closest("tr").nextElementSibling;
    var next = row && row.querySelector("[name=" + event.target.name + "]");
    if (next) { next.focus(); next.select(); } else { event.target.blur(); }
  });
  var sent = false;
  document.addEventListener("submit", function (event) {
    if (sent || !event.target.querySelector("[data-version]")) { return; }
    event.preventDefault();
    var form = event.target, action = form.getAttribute("action");
    line.then(function () {
      sent = true;
      var again = Array.from(document.querySelectorAll("form")).find(function (one) { return one.getAttribute("action") === action; });
      (again || form).submit();
    });
  });
})();
