// What is shown as a table for a spreadsheet: names beside identifiers, and the question that it answers.
"use strict";

var Table = (function () {
  // As a spreadsheet opens it: an apostrophe before what it would take for a formula.
  function cell(text) {
    var safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function values(facet, mandate, part) {
    return (mandate[facet.name] || []).map(function (value) { return facet.values[value][part]; }).join("; ");
  }

  // Whether the names of a facet's values say more than their identifiers.
  function named(facet) {
    return facet.values.some(function (value) { return value[0].replace(/_/g, " ") !== value[1]; });
  }

  // A paragraph's number stands in `place` alone: as a cell of its own a spreadsheet would make 6.1 of 6.10.
  function rows(data, found, question) {
    var header = ["mandate_id", "place"];
    data.facets.forEach(function (facet) { header.push(facet.name); if (named(facet)) header.push(facet.name + "_name"); });
    return [header.concat(["text", "items", "page", "version", "question"])].concat(found.map(function (at) {
      var mandate = data.mandates[at], row = [mandate.id, mandate.place];
      data.facets.forEach(function (facet) {
        row.push(values(facet, mandate, 0));
        if (named(facet)) row.push(values(facet, mandate, 1));
      });
      var page = data.address ? data.address + "mandates/" + (mandate.file || mandate.id) + ".html" : "";
      return row.concat([mandate.text || "", (mandate.items || []).join(" | "), page, data.version, question]);
    }));
  }

  // The mark before it tells Excel that the file is UTF-8.
  function csv(data, found, question) {
    return "\ufeff" + rows(data, found, question).map(function (row) { return row.map(cell).join(",") + "\r\n"; }).join("");
  }

  return { csv: csv };
})();
