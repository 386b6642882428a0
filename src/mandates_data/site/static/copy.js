// A button beside each citation, where the browser can copy. Without it the citation is there to be marked and copied.
"use strict";

(function () {
  document.querySelectorAll("[data-find]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      location.href = form.getAttribute("action") + "#" + new URLSearchParams(new FormData(form)).toString();
    });
  });
  if (!navigator.clipboard) return;

  // A button that copies what `text` gives, and says so for a while.
  function copying(label, text) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text()).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = label; }, 2000);
      }, function () { button.textContent = "Mark it and copy"; });
    });
    return button;
  }

  // The words and how to cite them in one go, for whoever quotes.
  var official = document.querySelector("main .official"), cited = document.querySelector(".copyable pre");
  if (official && cited) {
    official.after(copying("Copy the text with its citation", function () {
      var lines = Array.from(official.querySelectorAll("p, li"), function (one) { return one.textContent.trim(); });
      return lines.join("\n") + "\n\n" + cited.textContent;
    }));
  }
  document.querySelectorAll(".copyable").forEach(function (block) {
    var label = block.querySelector(".label");
    var button = copying("Copy", function () { return block.querySelector("pre").textContent; });
    button.setAttribute("aria-label", "Copy: " + label.textContent);
    label.append(" ", button);
  });
})();
