/* Filling in: every change is saved by row with the version that was seen; what isn't saved yet stays on this machine
   until it is. An answer never touches a cell that somebody is typing into. */
(function () {
  "use strict";

  var fill = document.getElementById("fill");
  if (!fill) { return; }
  var sheet = document.getElementById("sheet");
  var KEPT = "jixiao.fill." + fill.dataset.pk + "." + fill.dataset.state + "." + fill.dataset.person;
  var WAIT = 700;
  var AGAIN = [3000, 6000, 15000, 30000];
  var PASSING = [429, 502, 503, 504]; /* what is wrong isn't the text: it is sent again by itself */
  var timer = null;
  var failed = 0;
  var sending = false;
  var versions = {};
  var pending = []; /* what an earlier page left, until somebody decides */

  function fields(root) { return Array.from((root || sheet).querySelectorAll("[data-cell]")); }
  function typed(field) { return field.tagName !== "DIV"; }
  function of(row) { return fields().filter(function (one) { return one.dataset.of === row; }); }
  function named(name) { return fields().find(function (one) { return one.dataset.name === name; }); }
  function dirty(field) { return typed(field) && field.value.trim() !== field.base; }

  /* A text area is as high as its words. */
  function grow(field) {
    if (field.tagName !== "TEXTAREA") { return; }
    field.style.height = "auto";
    field.style.height = field.scrollHeight + "px";
  }
  function take(root) {
    fields(root).forEach(function (field) {
      field.base = typed(field) ? field.value.trim() : field.textContent.trim();
      field.dataset.group.split(" ").forEach(function (row) {
        versions[row] = Math.max(versions[row] || 0, Number(field.dataset.seen));
      });
      grow(field);
    });
  }

  /* What isn't saved, kept on this machine: {row: {cell: [was, now]}, …} with the versions that were seen. */
  function unsaved() {
    var found = {};
    fields().filter(dirty).forEach(function (field) {
      field.dataset.group.split(" ").forEach(function (row) {
        found[row] = found[row] || { row: row, seen: versions[row], cells: {} };
        found[row].cells[field.dataset.cell] = [field.base, field.value.trim()];
      });
    });
    return Object.keys(found).map(function (row) { return found[row]; });
  }
  function keep() {
    var changes = pending.concat(unsaved());
    try {
      if (changes.length) { localStorage.setItem(KEPT, JSON.stringify(changes)); } else { localStorage.removeItem(KEPT); }
    } catch (error) { /* no room on this machine: the server has all but the last second */ }
  }
  function kept() {
    try { return JSON.parse(localStorage.getItem(KEPT) || "[]"); } catch (error) { return []; }
  }

  function state(text) {
    var place = document.querySelector("[data-saved]");
    if (place) { place.textContent = text; }
  }
  function post(address, given) {
    var body = new FormData();
    Object.keys(given).forEach(function (key) { body.append(key, given[key]); });
    return fetch(address, { method: "POST", body: body, credentials: "same-origin", headers: { "X-CSRFToken": window.jixiao.token(), "HX-Request": "true" } }).then(read);
  }
  function read(answer) {
    var redirect = answer.headers.get("HX-Redirect");
    if (answer.status === 401 && redirect) { keep(); window.location = redirect + "?next=" + encodeURIComponent(window.location.pathname); }
    return answer.text().then(function (text) {
      var told = {};
      try { told = JSON.parse(text); } catch (error) { told = { fault: window.jixiao.sentence(answer.status, text) }; }
      told.status = answer.status;
      return told;
    });
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }
  function save() {
    clearTimeout(timer);
    var changes = unsaved();
    if (!changes.length) { keep(); return Promise.resolve(); }
    if (sending || document.getElementById("merge").open) { later(WAIT); return Promise.resolve(); }
    sending = true;
    state("正在保存…");
    var shapes = sheet.querySelector("[data-shapes]").dataset.shapes.split(" ");
    var shaped = changes.some(function (one) { return shapes.some(function (key) { return key in one.cells; }); });
    return post(fill.dataset.save, { changes: JSON.stringify(changes) }).then(function (told) {
      sending = false;
      if (PASSING.indexOf(told.status) >= 0) { postpone(told.status === 429 ? "保存得太频繁" : "服务器暂时不能保存"); return; }
      failed = 0;
      if (told.fault) { state("没有保存"); window.jixiao.say("error", told.fault); return; }
      apply(told, changes);
      if (shaped && !told.merge) { renew(); }
      if (unsaved().length && !told.merge) { later(WAIT); }
    }).catch(function () { sending = false; postpone("没有连上服务器"); });
  }
  function postpone(why) {
    state(why + "：文字已留在本机，会自动再试");
    keep();
    later(AGAIN[Math.min(failed, AGAIN.length - 1)]);
    failed += 1;
  }

  /* Take an answer: the texts and versions of the rows, then what is said of the whole table. */
  function apply(told, sent) {
    var wanted = {};
    (sent || []).forEach(function (one) { wanted[one.row] = one.cells; });
    Object.keys(told.rows || {}).forEach(function (row) { texts(row, told.rows[row], wanted[row] || {}); });
    if (told.sheet !== undefined) { replace(told.sheet); }
    if (told.version) { fill.dataset.version = told.version; fill.dataset.ordered = told.ordered; }
    if (told.marks) { marks(told); }
    if (told.foot) { document.getElementById("foot").innerHTML = told.foot; }
    (told.merged || []).forEach(function (name) { window.jixiao.say("success", "已与" + name + "刚才的修改合在一起，两边都没有丢。"); });
    keep();
    if (told.merge) { merge(told.merge); }
    document.dispatchEvent(new CustomEvent("fill:said"));
  }
  function texts(row, told, sent) {
    versions[row] = told[0];
    fields().filter(function (field) { return field.dataset.group.split(" ").indexOf(row) >= 0; }).forEach(function (field) {
      var cell = field.dataset.cell, now = told[1][cell] || "";
      if (!typed(field)) { field.textContent = now; return; }
      var mine = sent[cell], untouched = !dirty(field) || (mine && field.value.trim() === mine[1] && now === mine[1]);
      if (mine && now !== mine[1]) { return; } /* in question: stays mine until it is decided */
      field.base = now;
      if (untouched && field.value.trim() !== now) {
        field.value = now;
        field.classList.add("fill-fresh");
        setTimeout(function () { field.classList.remove("fill-fresh"); }, 2500);
      }
      grow(field);
    });
  }
  function marks(told) {
    fields().forEach(function (field) {
      var mark = told.marks[field.dataset.name];
      if (mark) { field.parentNode.dataset.mark = mark; } else { delete field.parentNode.dataset.mark; }
      if (field.tagName === "INPUT") { field.placeholder = told.worked[field.dataset.name] || ""; }
      if (field.tagName === "DIV" && !field.textContent.trim() && told.worked[field.dataset.name]) { field.textContent = told.worked[field.dataset.name]; }
    });
    sheet.querySelectorAll("[data-own]").forEach(function (place) {
      var own = told.own[place.dataset.own];
      place.textContent = own ? "按口径 " + own : "";
    });
    sheet.querySelectorAll("[data-said-of]").forEach(function (place) { place.innerHTML = told.said[place.dataset.saidOf] || ""; });
    var words = { green: "绿", amber: "黄", red: "红" };
    sheet.querySelectorAll("[data-light]").forEach(function (place) {
      var light = (told.lights || {})[place.dataset.light];
      place.innerHTML = light ? "<span class=\"light light-" + light + "\">" + words[light] + "</span>" : "";
    });
  }

  /* The whole table anew: what is being typed goes on in its place. */
  function replace(html) {
    var mine = {}, at = document.activeElement, name = at && at.dataset ? at.dataset.name : "";
    var from = at && at.selectionStart;
    fields().filter(dirty).forEach(function (field) { mine[field.dataset.name] = [field.base, field.value]; });
    sheet.innerHTML = html;
    take(sheet);
    Object.keys(mine).forEach(function (key) {
      var field = named(key);
      if (field) { field.base = mine[key][0]; field.value = mine[key][1]; grow(field); }
    });
    var again = name && named(name);
    if (again) {
      again.focus({ preventScroll: true });
      if (again.setSelectionRange && typeof from === "number") { try { again.setSelectionRange(from, from); } catch (error) { /* no text */ } }
    }
  }
  function renew() {
    return fetch(fill.dataset.arrange, { credentials: "same-origin", headers: { "HX-Request": "true" } }).then(read).then(function (told) {
      if (told.fault) { window.jixiao.say("error", told.fault); return; }
      apply(told);
    }).catch(function () { state("没有连上服务器"); });
  }

  /* Two people changed one row: mine beside theirs, cell by cell. */
  function merge(html) {
    var dialog = document.getElementById("merge");
    document.getElementById("merge-body").innerHTML = html;
    window.jixiao.open(dialog);
  }
  function settled(row) {
    of(row).forEach(function (field) { if (typed(field)) { field.value = field.base; } });
  }
  document.getElementById("merge").addEventListener("submit", function (event) {
    event.preventDefault();
    var form = event.target, row = form.dataset.merges, given = {};
    new FormData(form).forEach(function (text, key) { given[key] = text; });
    post(fill.dataset.merge, given).then(function (told) {
      if (told.fault) { window.jixiao.say("error", told.fault); return; }
      if (!told.merge) {
        Object.keys(given).filter(function (key) { return key.indexOf("theirs:") === 0; }).forEach(function (key) {
          var field = named(row + "|" + key.slice("theirs:".length));
          if (field) { field.base = field.value.trim(); }
        });
        document.getElementById("merge").close();
      }
      apply(told);
      later(WAIT);
    }).catch(function () { window.jixiao.say("error", window.jixiao.sentence(0, "")); });
  });
  document.getElementById("merge").addEventListener("click", function (event) {
    var pick = event.target.closest("[data-pick]"), drop = event.target.closest("[data-drop]");
    if (pick) {
      pick.form.querySelectorAll("input[type=radio]").forEach(function (one) { if (one.value.indexOf(pick.dataset.pick) === 0) { one.checked = true; } });
    }
    if (drop) { settled(drop.dataset.drop); keep(); document.getElementById("merge").close(); renew(); }
  });

  document.getElementById("merge").addEventListener("input", function (event) { /* who writes a third text means it */
    var third = event.target.dataset.third && event.target.parentNode.querySelector("input[type=radio]");
    if (third) { third.checked = true; }
  });

  /* What was left on this machine when the page went away. */
  function offer() {
    var left = [];
    pending.forEach(function (change) {
      Object.keys(change.cells).forEach(function (cell) {
        var field = fields().find(function (one) { return one.dataset.group.split(" ").indexOf(change.row) >= 0 && one.dataset.cell === cell; });
        if (!field || !typed(field) || field.value.trim() !== change.cells[cell][1]) { left.push({ field: field, change: change, texts: change.cells[cell] }); }
      });
    });
    var box = document.getElementById("recover");
    if (!left.length) { pending = []; keep(); return; }
    var lost = left.filter(function (one) { return !one.field || !typed(one.field); });
    box.querySelector("p").textContent = "上次有 " + left.length + " 处文字没有保存成功，还留在这台电脑上：" +
      left.slice(0, 5).map(function (one) { return "“" + one.texts[1] + "”"; }).join("、") + (left.length > 5 ? " 等" : "") + "。" +
      (lost.length ? "其中 " + lost.length + " 处所在的行已不能填，请先复制。" : "");
    box.hidden = false;
    box.querySelector("[data-recover]").onclick = function () {
      box.hidden = true;
      pending = [];
      left.forEach(function (one) {
        if (one.field && typed(one.field)) { one.field.base = one.texts[0]; one.field.value = one.texts[1]; grow(one.field); }
      });
      save();
    };
    box.querySelector("[data-forget]").onclick = function () { box.hidden = true; pending = []; keep(); };
  }

  sheet.addEventListener("input", function (event) {
    if (!event.target.dataset.cell) { return; }
    grow(event.target);
    keep();
    if (!event.isComposing) { later(WAIT); }
  });
  sheet.addEventListener("compositionend", function () { later(WAIT); });
  sheet.addEventListener("change", function (event) { if (event.target.dataset.cell) { later(50); } });
  window.addEventListener("pagehide", function () {
    keep();
    var changes = unsaved();
    if (!changes.length || sending) { return; }
    var body = new FormData();
    body.append("changes", JSON.stringify(changes));
    fetch(fill.dataset.save, { method: "POST", body: body, keepalive: true, credentials: "same-origin", headers: { "X-CSRFToken": window.jixiao.token() } }).catch(function () { /* kept on this machine */ });
  });
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("[data-send]") || !unsaved().length) { return; }
    event.preventDefault();
    save().then(function () { if (!unsaved().length) { event.target.submit(); } });
  });
  document.addEventListener("click", function (event) {
    var next = event.target.closest("[data-next]");
    if (!next) { return; }
    event.preventDefault();
    var all = Array.from(sheet.querySelectorAll("[data-mark=\"" + next.dataset.next + "\"] [data-cell]"));
    var to = all[(all.indexOf(document.activeElement) + 1) % all.length];
    if (to) { to.focus(); to.scrollIntoView({ block: "center" }); }
  });
  window.addEventListener("resize", function () { fields().forEach(grow); });

  take(sheet);
  pending = kept();
  if (pending.length) { setTimeout(function () { renew().then(offer); }, 600); } /* the last save may just be arriving */
  window.jixiaoFill = {
    fill: fill, sheet: sheet, fields: fields, named: named, post: post, apply: apply, renew: renew, save: save, versions: versions,
    dirty: dirty, unsaved: unsaved, read: read, texts: texts
  };
})();
