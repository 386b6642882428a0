// What else a question may have meant: a subject or name that the data know by these words, or the words in the singular.
"use strict";

var Suggesting = (function () {
  var MOST = 5, SHORTEST = 3;

  // For each value of each facet its words, and how many mandates have it.
  function prepared(data) {
    return data.facets.map(function (facet) {
      var totals = new Uint32Array(facet.values.length);
      data.mandates.forEach(function (mandate) {
        (mandate[facet.name] || []).forEach(function (value) { totals[value] += 1; });
      });
      return facet.values.map(function (value, at) {
        return { lines: Searching.prepared({ text: value.slice(1).join(" | "), id: value[0] }), total: totals[at] };
      });
    });
  }

  function fitting(data, prepared, question, chosen) {
    var asked = Searching.terms(question), found = [];
    if (!asked.length || question.trim().length < SHORTEST) return [];
    data.facets.forEach(function (facet, number) {
      prepared[number].forEach(function (value, at) {
        if (value.total && !chosen[number].has(at) && Searching.fits(value.lines, asked)) {
          found.push({ facet: number, value: at, label: facet.label + ": " + facet.values[at][1], total: value.total });
        }
      });
    });
    return found.sort(function (a, b) { return b.total - a.total; }).slice(0, MOST);
  }

  // The question with the ends of its plurals taken off, as a beginning that finds both; itself where it has none.
  function singular(question) {
    if (/["\u201c\u201d]/.test(question)) return question;
    return question.replace(/(\p{L}{3,}?)(ies|s)(?!\p{L})/giu, function (word, stem, end) {
      return end.toLowerCase() === "s" && /[sui]$/i.test(stem) ? word : stem;
    });
  }

  return { prepared: prepared, fitting: fitting, singular: singular };
})();
