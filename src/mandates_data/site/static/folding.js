// Words as the search takes them: without capitals and accents, one spelling of a word for all.
// The rules are those of the toolkit's own search; the list of spellings comes with the data.
"use strict";

var Folding = (function () {
  var WORD = /[\p{L}\p{N}\p{M}]+(?:['\u2019][\p{L}\p{N}\p{M}]+)*/gu;
  var SHORTEST_WITH_ENDING = 6;
  var spellings = { words: {}, endings: {} };
  var endings = [];
  var known = new Map();

  function use(given) {
    spellings = given;
    endings = Object.keys(given.endings).sort(function (a, b) { return b.length - a.length; });
    known.clear();
  }

  // Letters without their accents and capitals.
  function plain(word) {
    return word.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "").replace(/\u2019/g, "'")
      .replace(/'s$/, "").replace(/'/g, "").replace(/\u00df/g, "ss");
  }

  function other(word) {
    if (Object.prototype.hasOwnProperty.call(spellings.words, word)) return spellings.words[word];
    if (word.length >= SHORTEST_WITH_ENDING) {
      for (var n = 0; n < endings.length; n++) {
        if (word.endsWith(endings[n])) return word.slice(0, -endings[n].length) + spellings.endings[endings[n]];
      }
    }
    return word;
  }

  function folded(word) {
    var found = known.get(word);
    if (found === undefined) {
      found = plain(word);
      found = { plain: found, other: other(found) };
      known.set(word, found);
    }
    return found;
  }

  // The words of a text, in order, each with its place.
  function words(text) {
    var found = [], one;
    WORD.lastIndex = 0;
    while ((one = WORD.exec(text)) !== null) {
      var fold = folded(one[0]);
      found.push({ plain: fold.plain, other: fold.other, start: one.index, end: one.index + one[0].length });
    }
    return found;
  }

  // What a word may be the beginning of: itself, its other spelling, and that spelling begun ("organis", "organiz").
  function beginnings(word) {
    var fold = folded(word), found = [fold.plain];
    if (fold.other !== fold.plain) found.push(fold.other);
    endings.forEach(function (ending) {
      var to = spellings.endings[ending];
      for (var length = 2; length < ending.length; length++) {
        var stem = fold.plain.slice(0, -length);
        if (stem.length >= 3 && fold.plain.endsWith(ending.slice(0, length))) {
          var begun = stem + to.slice(0, length);
          if (found.indexOf(begun) < 0) found.push(begun);
        }
      }
    });
    return found;
  }

  return { use: use, words: words, beginnings: beginnings };
})();
