// The explore page: what is asked stands in the address after #, and what is found is shown as it is typed.
"use strict";

(function () {
  var PAGE = 30, LONGEST = 420, BEFORE = 120, LONG_LIST = 12;
  var form = document.getElementById("explore");
  var input = document.getElementById("q");
  var results = document.getElementById("results");
  var count = document.getElementById("count");
  var more = document.getElementById("more");
  var data = MANDATES;
  var lines, boxes = [], chosen = data.facets.map(function () { return new Set(); });
  var asked = [], found = [], visible = 0, suggestions;

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

  function showUpTo(wanted) {
    var made = document.createDocumentFragment(), last = Math.min(found.length, wanted);
    for (; visible < last; visible++) made.append(shown(data.mandates[found[visible]]));
    results.append(made);
    more.hidden = visible >= found.length;
  }

  function said(number) {
    return number + (number === 1 ? " mandate" : " mandates");
  }

  function refresh(wanted) {
    asked = Searching.terms(input.value);
    var answer = Searching.find(data, lines, asked, chosen);
    found = answer.found;
    visible = 0;
    results.replaceChildren();
    showUpTo(Math.max(PAGE, wanted || 0));
    count.textContent = said(found.length) + " of " + data.mandates.length + ", version " + data.version;
    document.getElementById("csv").disabled = !found.length;
    document.getElementById("none").hidden = found.length > 0;
    document.getElementById("close").textContent = "Show " + said(found.length);
    showChosen();
    suggest();
    document.getElementById("asked").textContent = "Question: " + question() + ". " + location.href;
    boxes.forEach(function (box) {
      var number = answer.counts[box.facet][box.value];
      box.number.textContent = number;
      box.label.className = number || box.input.checked ? "" : "none";
      box.label.hidden = box.long && !number && !box.input.checked;
    });
  }

  // The question in words, for paper and for the table.
  function question() {
    var parts = input.value.trim() ? [input.value.trim()] : [];
    data.facets.forEach(function (facet, number) {
      var names = Array.from(chosen[number], function (value) { return facet.values[value][1]; });
      if (names.length) parts.push(facet.label + ": " + names.join(" or "));
    });
    return parts.join("; ") || "all mandates";
  }

  function offer(place, text, act) {
    var button = element("button", text);
    button.type = "button";
    button.addEventListener("click", function () {
      act();
      input.focus();
    });
    place.append(button, " ");
  }

  function cut(text, length) {
    return text.length > length ? text.slice(0, length - 1) + "\u2026" : text;
  }

  function suggest() {
    var place = document.getElementById("suggested"), fitting = Suggesting.fitting(data, suggestions, input.value, chosen);
    var shorter = Suggesting.singular(input.value);
    place.replaceChildren();
    if (shorter !== input.value) {
      var more = Searching.find(data, lines, Searching.terms(shorter), chosen).found.length;
      if (more > found.length) {
        offer(place, "\u201c" + shorter + "\u201d finds " + more, function () {
          input.value = shorter;
          remember(true);
          refresh();
        });
      }
      if (!fitting.length) fitting = Suggesting.fitting(data, suggestions, shorter, chosen);
    }
    fitting.forEach(function (one) {
      offer(place, cut(one.label, 60) + " (" + one.total + ")", function () {
        input.value = "";
        chosen[one.facet].add(one.value);
        showTicks();
        remember(true);
        refresh();
      });
    });
    place.hidden = !place.childElementCount;
    if (!place.hidden) place.prepend("Also: ");
  }

  // What the list is narrowed down to, each with a button that takes it back.
  function showChosen() {
    var place = document.getElementById("chosen"), number = 0;
    place.replaceChildren();
    boxes.forEach(function (box) {
      if (!box.input.checked) return;
      number += 1;
      var button = element("button", box.text + " \u00d7");
      button.type = "button";
      button.setAttribute("aria-label", "Take back: " + box.text);
      button.addEventListener("click", function () {
        box.input.click();
        input.focus();
      });
      place.append(button, " ");
    });
    place.hidden = !number;
    document.querySelector("#narrow > summary").textContent = number ? "Narrow down (" + number + ")" : "Narrow down";
  }

  function showTicks() {
    boxes.forEach(function (box) { box.input.checked = chosen[box.facet].has(box.value); });
    document.querySelectorAll("#facets details").forEach(function (facet, number) {
      if (chosen[number].size) facet.open = true;
    });
  }

  // The address says what is asked and of which release; a step back takes back a choice, not a letter.
  function remember(step) {
    var state = new URLSearchParams();
    if (input.value) state.set("q", input.value);
    data.facets.forEach(function (facet, number) {
      Array.from(chosen[number]).sort(function (a, b) { return a - b; }).forEach(function (value) {
        state.append(facet.name, facet.values[value][0]);
      });
    });
    if (state.toString()) state.set("version", data.edition);
    history[step ? "pushState" : "replaceState"](null, "", "#" + state.toString());
  }

  // What the address asks for and this release does not know.
  function unknown(state) {
    var missing = [], edition = state.get("version");
    data.facets.forEach(function (facet) {
      state.getAll(facet.name).forEach(function (key) {
        if (!facet.values.some(function (value) { return value[0] === key; })) missing.push(facet.label + " " + key);
      });
    });
    var parts = missing.length ? ["Not known here: " + missing.join(", ") + "."] : [];
    if (edition && edition !== data.edition) {
      parts.push("The address was made with version " + edition + "; this is version " + data.edition + ", and may find others.");
    }
    return parts.join(" ");
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
    var note = document.getElementById("note");
    note.textContent = unknown(state);
    note.hidden = !note.textContent;
    showTicks();
    refresh(history.state && history.state.shown);
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
        boxes.push({
          facet: number, value: at, input: tick, label: label, number: figure, text: value[1],
          long: facet.values.length > LONG_LIST
        });
        tick.addEventListener("change", function () {
          if (tick.checked) chosen[number].add(at); else chosen[number].delete(at);
          remember(true);
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

  function download() {
    var link = element("a"), file = new Blob([Table.csv(data, found, question())], { type: "text/csv;charset=utf-8" });
    link.href = URL.createObjectURL(file);
    link.download = data.name + "-" + data.edition + "-" + found.length + "-mandates.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  Folding.use(data.spellings);
  lines = data.mandates.map(Searching.prepared);
  suggestions = Suggesting.prepared(data);
  build();
  form.hidden = false;
  recall();
  input.addEventListener("input", function () { remember(false); refresh(); });
  more.addEventListener("click", function () {
    var next = visible;
    showUpTo(visible + PAGE);
    history.replaceState({ shown: visible }, "");
    results.children[next].querySelector("a").focus();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("csv").addEventListener("click", download);
  document.getElementById("reset").addEventListener("click", function () {
    history.pushState(null, "", "#");
    recall();
    input.focus();
  });
  document.getElementById("close").addEventListener("click", function () {
    document.getElementById("narrow").open = false;
    document.getElementById("count").scrollIntoView();
  });
  // The address holds the question here, so a link to a place in the page must not write over it.
  document.querySelectorAll("a.skip").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      document.querySelector(link.getAttribute("href")).focus();
    });
  });
  window.addEventListener("beforeprint", function () { showUpTo(found.length); });
  window.addEventListener("popstate", recall);
  window.addEventListener("hashchange", recall);
})();
