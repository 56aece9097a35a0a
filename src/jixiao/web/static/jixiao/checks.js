/* Files that are dropped: a row each at once, sent two at a time, each with its progress; then the check's own page.
   Without this file the form sends them all at once. ES2019. */
(function () {
  "use strict";

  var AT_ONCE = 2;
  var form = document.getElementById("drop"), rows = document.getElementById("uploads");
  if (!form) { return; }
  var zone = form.querySelector("[data-drop]"), input = form.querySelector("input[type=file]");

  function row(item) {
    var li = document.createElement("li"), name = document.createElement("span");
    var bar = document.createElement("span"), inner = document.createElement("span"), said = document.createElement("span");
    name.textContent = item.path;
    bar.className = "bar";
    bar.setAttribute("aria-hidden", "true");
    inner.style.width = "0";
    bar.append(inner);
    said.className = "soft small";
    said.textContent = "等待上传";
    li.append(name, bar, said);
    rows.append(li);
    return {
      tell: function (text) { said.textContent = text; },
      reach: function (share) { inner.style.width = Math.floor(share * 100) + "%"; },
      fail: function (text) { said.className = "fault"; said.textContent = text; inner.className = "over"; inner.style.width = "100%"; }
    };
  }

  /* How long the rest of a file takes to send, by how fast it went so far. */
  function left(began, event) {
    var spent = (Date.now() - began) / 1000;
    if (!event.loaded || spent < 1) { return ""; }
    return "，约还需 " + Math.max(1, Math.ceil(spent * (event.total - event.loaded) / event.loaded)) + " 秒";
  }

  function send(address, item, shown) {
    return new Promise(function (done) {
      var body = new FormData(), request = new XMLHttpRequest(), began = Date.now();
      body.append("file", item.file, item.file.name);
      body.append("path", item.path);
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", window.jixiao.token());
      request.upload.onprogress = function (event) {
        if (!event.lengthComputable) { return; }
        shown.reach(event.loaded / event.total);
        shown.tell(event.loaded < event.total ? "正在上传" + left(began, event) : "已上传，等待识读");
      };
      request.onload = function () {
        if (request.status < 300) { shown.reach(1); shown.tell("已上传，正在识读"); done(true); return; }
        var said = "";
        try { said = JSON.parse(request.responseText).fault; } catch (error) { said = window.jixiao.sentence(request.status, request.responseText); }
        shown.fail(said || window.jixiao.sentence(request.status, ""));
        done(false);
      };
      request.onerror = function () { shown.fail(window.jixiao.sentence(0, "")); done(false); };
      request.send(body);
    });
  }

  function sendAll(address, items) {
    var waiting = items.slice(), good = 0;
    function next() {
      var one = waiting.shift();
      return one ? send(address, one, one.shown).then(function (ok) { good += ok ? 1 : 0; return next(); }) : Promise.resolve();
    }
    var lanes = [];
    for (var n = 0; n < AT_ONCE; n += 1) { lanes.push(next()); }
    return Promise.all(lanes).then(function () { return good; });
  }

  function begin() {
    var body = new FormData();
    body.append("scheme", form.elements.scheme.value);
    return fetch(form.action, { method: "POST", body: body, headers: { "X-CSRFToken": window.jixiao.token(), "Accept": "application/json" } })
      .then(function (answer) {
        if (answer.ok) { return answer.json(); }
        return answer.text().then(function (html) { throw new Error(window.jixiao.sentence(answer.status, html)); });
      });
  }

  function take(items) {
    if (!items.length) { return; }
    rows.hidden = false;
    rows.replaceChildren();
    items.forEach(function (item) { item.shown = row(item); });
    rows.scrollIntoView({ block: "nearest" });
    begin().then(function (check) {
      return sendAll(check.add, items).then(function (good) {
        if (good === items.length) { window.location.assign(check.page + "?onward=1"); return; }
        if (good) { link(check.page, good); }
      });
    }).catch(function (error) {
      items.forEach(function (item) { item.shown.fail(error.message || window.jixiao.sentence(0, "")); });
    });
  }
  function link(address, good) {
    var li = document.createElement("li"), a = document.createElement("a");
    a.href = address;
    a.textContent = "看其他 " + good + " 个文件的检查结果";
    li.append(a);
    rows.append(li);
  }

  /* A dropped folder is walked; what systems and programs leave beside papers is left out. */
  var BESIDE = /^(\.|~\$|(thumbs\.db|desktop\.ini)$)/i;
  function walk(entry, into) {
    return new Promise(function (done) {
      if (BESIDE.test(entry.name)) { done(); return; }
      if (entry.isFile) {
        entry.file(function (file) { into.push({ file: file, path: entry.fullPath.replace(/^\//, "") }); done(); }, function () { done(); });
        return;
      }
      var reader = entry.createReader(), all = [];
      (function more() {
        reader.readEntries(function (some) {
          if (some.length) { all = all.concat(some); more(); return; }
          Promise.all(all.map(function (one) { return walk(one, into); })).then(function () { done(); });
        }, function () { done(); });
      })();
    });
  }
  function dropped(transfer) {
    var entries = Array.from(transfer.items || []).map(function (one) { return one.webkitGetAsEntry && one.webkitGetAsEntry(); }).filter(Boolean);
    if (!entries.length) { return Promise.resolve(Array.from(transfer.files).map(plain)); }
    var into = [];
    return Promise.all(entries.map(function (entry) { return walk(entry, into); })).then(function () { return into; });
  }
  function plain(file) { return { file: file, path: file.name }; }

  input.addEventListener("change", function () {
    var chosen = Array.from(input.files).map(plain);
    input.value = "";
    take(chosen);
  });
  ["dragenter", "dragover"].forEach(function (name) {
    document.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
  });
  document.addEventListener("dragleave", function (event) { if (!event.relatedTarget) { zone.classList.remove("over"); } });
  document.addEventListener("drop", function (event) {
    event.preventDefault();
    zone.classList.remove("over");
    dropped(event.dataTransfer).then(take);
  });
})();
