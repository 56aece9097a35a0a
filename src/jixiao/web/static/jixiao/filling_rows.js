/* The rows of the table: added, moved, deleted, brought back, pasted from a workbook; by button or by key. */
(function () {
  "use strict";

  var mine = window.jixiaoFill;
  if (!mine) { return; }

  function line(field) { return field && field.closest("tr.fill-row") ? field.dataset.of : ""; }
  function act(given) {
    return mine.save().then(function () { return mine.post(mine.fill.dataset.arrange, given); }).then(function (told) {
      if (told.fault) { window.jixiao.say("error", told.fault); return; }
      if (given.act === "remove" && told.merge) {
        delete told.merge;
        window.jixiao.say("warning", "这一行刚被别人改过，没有删除：请核对后再删。");
      }
      mine.apply(told);
      if (given.act === "restore") { document.getElementById("merge").close(); mine.save(); }
      after(given, told);
    }).catch(function () { window.jixiao.say("error", "没有连上服务器，这一步没有做：请稍后再试。"); });
  }
  function after(given, told) {
    var row = given.act === "add" ? Object.keys(told.rows || {})[0] : given.act === "move" ? given.row : "";
    var first = given.opens || mine.sheet.querySelector("[data-naming]").dataset.naming;
    var field = row && mine.fields().find(function (one) { return one.dataset.of === row && one.dataset.cell === first; });
    if (field && given.act === "add") { field.focus(); }
    if (given.act === "remove") { window.jixiao.say("success", "已删除一行；可在表下方“已删除的行”中恢复。"); }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-act]");
    if (!button) { return; }
    event.preventDefault();
    var row = button.dataset.of || button.dataset.after || "";
    act({ act: button.dataset.act, row: row, seen: mine.versions[row] || 0, steps: button.dataset.steps || 0, opens: button.dataset.opens || "" });
  });

  /* Enter goes down the column, as in a workbook; a line break is Ctrl+Enter. */
  function down(field, step) {
    var all = mine.fields().filter(function (one) { return one.dataset.cell === field.dataset.cell; });
    if (all.length < 2) { all = mine.fields(); }
    var to = all[all.indexOf(field) + step];
    if (to) { to.focus(); if (to.select) { to.select(); } }
    return Boolean(to);
  }
  mine.sheet.addEventListener("keydown", function (event) {
    var field = event.target;
    if (!field.dataset.cell || event.isComposing) { return; }
    var row = line(field), wide = mine.fill.hasAttribute("data-writes");
    if (event.key === "Enter" && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      down(field, event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && event.ctrlKey && field.tagName === "TEXTAREA") {
      event.preventDefault();
      event.stopPropagation();
      field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.altKey && wide && row && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      act({ act: "move", row: row, steps: event.key === "ArrowUp" ? -1 : 1 });
    } else if (event.altKey && wide && row && event.key === "Delete") {
      event.preventDefault();
      act({ act: "remove", row: row, seen: mine.versions[row] || 0 });
    } else if (event.altKey && wide && row && event.code === "KeyN") {
      event.preventDefault();
      act({ act: "add", row: row });
    }
  });

  /* A block of cells from a workbook has tabs or several lines; anything else is pasted into the cell as it is. */
  mine.sheet.addEventListener("paste", function (event) {
    var field = event.target, text = (event.clipboardData || { getData: function () { return ""; } }).getData("text/plain");
    if (!field.dataset || !field.dataset.cell || !/\t|\n[^\n]/.test(text.replace(/\r/g, ""))) { return; }
    var funds = field.dataset.of.indexOf("funds.") === 0;
    if (!line(field) && !funds) { return; }
    if (!/\t/.test(text) && field.tagName === "TEXTAREA" && field.value.length && !funds) { return; }
    event.preventDefault();
    var seen = {};
    Object.keys(mine.versions).forEach(function (row) { seen[row] = mine.versions[row]; });
    act({ act: "paste", row: field.dataset.of, key: field.dataset.cell, text: text, seen: JSON.stringify(seen) });
  });
})();
