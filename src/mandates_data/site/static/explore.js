// The explore page: what is asked stands in the address after #, and what is found is shown as it is typed.
"use strict";

(function () {
  var PAGE = 30, LONGEST = 420, BEFORE = 120;
  var form = document.getElementById("explore");
  var input = document.getElementById("q");
  var results = document.getElementById("results");
  var count = document.getElementById("count");
  var more = document.getElementById("more");
  var data = MANDATES;
  var lines, boxes = [], chosen = data.facets.map(function () { return new Set(); });
  var asked = [], found = [], visible = 0;

  function element(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function address(mandate) {
    return "mandates/" + (mandate.file || mandate.id) + ".html";
  }

  // A text with what was found marked; a long one from a little before the first mark on.
  function marked(text, whole) {
    var marks = Searching.marks(text, asked), made = document.createDocumentFragment();
    var start = 0, end = text.length;
    if (!whole && text.length > LONGEST) {
      start = marks.length && marks[0][0] > BEFORE ? text.indexOf(" ", marks[0][0] - BEFORE) + 1 : 0;
      end = Math.min(text.length, start + LONGEST);
      if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    }
    var here = start;
    if (start) made.append("… ");
    marks.forEach(function (mark) {
      if (mark[0] < here || mark[0] >= end) return;
      made.append(text.slice(here, mark[0]));
      made.append(element("mark", text.slice(mark[0], Math.min(mark[1], end))));
      here = Math.min(mark[1], end);
    });
    made.append(text.slice(here, end));
    if (end < text.length) made.append(" …");
    return made;
  }

  function shown(mandate) {
    var made = element("li"), where = element("p", "", "where"), link = element("a", mandate.place), text = element("p");
    link.href = address(mandate);
    where.append(link, " ", element("code", mandate.id));
    text.dir = "auto";
    text.append(marked(mandate.text, false));
    made.append(where, text);
    (mandate.items || []).forEach(function (item) {
      if (asked.length && Searching.marks(item, asked).length) {
        var point = element("p", "", "item");
        point.dir = "auto";
        point.append(marked(item, false));
        made.append(point);
      }
    });
    return made;
  }

  function showMore() {
    var made = document.createDocumentFragment(), last = Math.min(found.length, visible + PAGE);
    for (; visible < last; visible++) made.append(shown(data.mandates[found[visible]]));
    results.append(made);
    more.hidden = visible >= found.length;
  }

  function refresh() {
    asked = Searching.terms(input.value);
    var answer = Searching.find(data, lines, asked, chosen);
    found = answer.found;
    visible = 0;
    results.replaceChildren();
    showMore();
    count.textContent = found.length + (found.length === 1 ? " mandate" : " mandates") + " of " + data.mandates.length +
      ", version " + data.version;
    showChosen();
    boxes.forEach(function (box) {
      var number = answer.counts[box.facet][box.value];
      box.number.textContent = number;
      box.label.className = number || box.input.checked ? "" : "none";
    });
  }

  // What the list is narrowed down to, each with a button that takes it back.
  function showChosen() {
    var place = document.getElementById("chosen");
    place.replaceChildren();
    boxes.forEach(function (box) {
      if (!box.input.checked) return;
      var button = element("button", box.text + " \u00d7");
      button.type = "button";
      button.setAttribute("aria-label", "Take back: " + box.text);
      button.addEventListener("click", function () {
        box.input.click();
        input.focus();
      });
      place.append(button, " ");
    });
    place.hidden = !place.childElementCount;
  }

  function remember() {
    var state = new URLSearchParams();
    if (input.value) state.set("q", input.value);
    data.facets.forEach(function (facet, number) {
      Array.from(chosen[number]).sort(function (a, b) { return a - b; }).forEach(function (value) {
        state.append(facet.name, facet.values[value][0]);
      });
    });
    history.replaceState(null, "", "#" + state.toString());
  }

  function recall() {
    var state = new URLSearchParams(location.hash.slice(1));
    if (!location.hash && location.search) state = new URLSearchParams(location.search);
    input.value = state.get("q") || "";
    data.facets.forEach(function (facet, number) {
      var wanted = new Set(state.getAll(facet.name));
      chosen[number] = new Set();
      facet.values.forEach(function (value, place) { if (wanted.has(value[0])) chosen[number].add(place); });
    });
    boxes.forEach(function (box) { box.input.checked = chosen[box.facet].has(box.value); });
    document.querySelectorAll("#facets details").forEach(function (facet, number) {
      if (chosen[number].size) facet.open = true;
    });
    refresh();
  }

  function build() {
    var place = document.getElementById("facets");
    data.facets.forEach(function (facet, number) {
      var group = element("details"), list = element("fieldset");
      group.append(element("summary", facet.label));
      list.append(element("legend", facet.label, "unseen"));
      facet.values.forEach(function (value, at) {
        var label = element("label"), tick = element("input"), figure = element("span", "", "number");
        tick.type = "checkbox";
        tick.name = facet.name;
        tick.value = value[0];
        label.append(tick, element("span", value[1]), " ", figure);
        list.append(label);
        boxes.push({ facet: number, value: at, input: tick, label: label, number: figure, text: value[1] });
        tick.addEventListener("change", function () {
          if (tick.checked) chosen[number].add(at); else chosen[number].delete(at);
          remember();
          refresh();
        });
      });
      group.append(list);
      place.append(group);
    });
    var wide = window.matchMedia("(min-width: 56rem)").matches;
    document.getElementById("narrow").open = wide;
    if (wide && place.firstElementChild) place.firstElementChild.open = true;
  }

  // As a spreadsheet opens it: a mark of the encoding first, and an apostrophe before what it would take for a formula.
  function cell(text) {
    var safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function table() {
    var names = data.facets.map(function (facet) { return facet.name; });
    var rows = [["mandate_id"].concat(names, ["section", "paragraph", "text", "items", "version"])];
    found.forEach(function (place) {
      var mandate = data.mandates[place];
      rows.push([mandate.id].concat(
        data.facets.map(function (facet) {
          return (mandate[facet.name] || []).map(function (value) { return facet.values[value][0]; }).join("; ");
        }),
        [mandate.section || "", mandate.paragraph || "", mandate.text || "", (mandate.items || []).join(" "), data.version]
      ));
    });
    return rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
  }

  function download() {
    var link = element("a"), file = new Blob(["\ufeff" + table()], { type: "text/csv;charset=utf-8" });
    link.href = URL.createObjectURL(file);
    link.download = data.name + "-" + found.length + "-mandates.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  Folding.use(data.spellings);
  lines = data.mandates.map(Searching.prepared);
  build();
  form.hidden = false;
  recall();
  input.addEventListener("input", function () { remember(); refresh(); });
  more.addEventListener("click", function () {
    var next = visible;
    showMore();
    results.children[next].querySelector("a").focus();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("csv").addEventListener("click", download);
  document.getElementById("reset").addEventListener("click", function () {
    location.hash = "";
    input.focus();
  });
  window.addEventListener("hashchange", recall);
})();
