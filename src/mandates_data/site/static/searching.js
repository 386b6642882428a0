// Which mandates a question finds, and which words of them. Nothing here knows of the page.
"use strict";

var Searching = (function () {
  // A question as terms: each a list of words that follow one another, the last of which may be a beginning.
  // Two with a hyphen ("anti-personnel") are also looked for as the one word that others make of them.
  function terms(question) {
    var found = [], part = /"([^"]*)"?|\u201c([^\u201d]*)\u201d?|([^\s"\u201c]+)/g, one;
    while ((one = part.exec(question)) !== null) {
      var quoted = one[3] === undefined;
      var text = quoted ? (one[1] === undefined ? one[2] : one[1]) : one[3];
      var words = Folding.words(text || "");
      if (!words.length) continue;
      var term = words.map(function (word) { return Folding.beginnings(text.slice(word.start, word.end)); });
      term.asOne = !quoted && words.length === 2 && hyphened(text, words[0], words[1]) ? Folding.beginnings(joined(words[0], words[1])) : [];
      found.push(term);
    }
    return found;
  }

  // Whether nothing but a hyphen parts two words ("anti-personnel"), which others write as one.
  function hyphened(text, word, next) {
    return next !== undefined && next.start === word.end + 1 && /[-\u2010\u2011]/.test(text[word.end]);
  }

  function joined(word, next) {
    return word.plain + next.plain;
  }

  // All words of a mandate in a line of words as written, and one in the spelling that stands for others where it differs.
  function prepared(mandate) {
    var plain = [""], other = [""];
    [mandate.text].concat(mandate.items || [], [mandate.id, mandate.section || "", mandate.paragraph || ""]).forEach(function (text) {
      var words = Folding.words(text || "");
      words.forEach(function (word) { plain.push(word.plain); other.push(word.other); });
      words.forEach(function (word, place) { if (hyphened(text, word, words[place + 1])) plain.push("|", joined(word, words[place + 1])); });
      plain.push("|");
      other.push("|");
    });
    var lines = [plain.join(" ")], second = other.join(" ");
    if (second !== lines[0]) lines.push(second);
    return lines;
  }

  function holds(lines, phrases) {
    for (var line = 0; line < lines.length; line++) {
      for (var phrase = 0; phrase < phrases.length; phrase++) {
        if (lines[line].includes(phrases[phrase])) return true;
      }
    }
    return false;
  }

  // Every way to write a phrase; few words have more than one.
  function combined(term) {
    return term.reduce(function (begun, words) {
      var all = [];
      begun.forEach(function (start) {
        words.forEach(function (word) { if (all.length < 64) all.push(start ? start + " " + word : word); });
      });
      return all;
    }, [""]).concat(term.asOne).map(function (phrase) { return " " + phrase; });
  }

  function fits(lines, asked) {
    return asked.every(function (term) { return holds(lines, combined(term)); });
  }

  // From where to where the words of a text are those that were asked for.
  function marks(text, asked) {
    var words = Folding.words(text), found = [];
    for (var n = 0; n < words.length; n++) {
      asked.forEach(function (term) {
        var fits = term.every(function (choices, ahead) {
          var word = words[n + ahead], last = ahead === term.length - 1;
          return word !== undefined && choices.some(function (choice) {
            return last ? word.plain.startsWith(choice) || word.other.startsWith(choice) : word.plain === choice || word.other === choice;
          });
        });
        if (fits) found.push([words[n].start, words[n + term.length - 1].end]);
        if (term.asOne.some(function (choice) { return words[n].plain.startsWith(choice); })) found.push([words[n].start, words[n].end]);
        var asOne = term.length === 1 && hyphened(text, words[n], words[n + 1]) && term[0].some(function (choice) {
          return choice.length > words[n].plain.length && joined(words[n], words[n + 1]).startsWith(choice);
        });
        if (asOne) found.push([words[n].start, words[n + 1].end]);
      });
    }
    found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    return found.reduce(function (merged, one) {
      var last = merged[merged.length - 1];
      if (last && one[0] <= last[1]) last[1] = Math.max(last[1], one[1]);
      else merged.push(one.slice());
      return merged;
    }, []);
  }

  // Which mandates are found, and how many would be with each value of each facet. Values of one facet are alternatives.
  function find(data, lines, asked, chosen) {
    var phrases = asked.map(combined), found = [], counts = data.facets.map(function (facet) { return new Uint32Array(facet.values.length); });
    data.mandates.forEach(function (mandate, place) {
      for (var term = 0; term < phrases.length; term++) {
        if (!holds(lines[place], phrases[term])) return;
      }
      var misses = -1, several = false;
      data.facets.forEach(function (facet, number) {
        var wanted = chosen[number], has = mandate[facet.name] || [];
        if (wanted.size && !has.some(function (value) { return wanted.has(value); })) {
          several = several || misses >= 0;
          misses = number;
        }
      });
      if (several) return;
      if (misses < 0) found.push(place);
      data.facets.forEach(function (facet, number) {
        if (misses >= 0 && misses !== number) return;
        (mandate[facet.name] || []).forEach(function (value) { counts[number][value] += 1; });
      });
    });
    return { found: found, counts: counts };
  }

  return { terms: terms, prepared: prepared, fits: fits, marks: marks, find: find };
})();
