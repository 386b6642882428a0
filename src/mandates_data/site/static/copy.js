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
  // The words and how to cite them in one go, for whoever quotes.
  var official = document.querySelector("main .official"), cited = document.querySelector(".copyable pre");
  if (official && cited) {
    var quote = document.createElement("button");
    quote.type = "button";
    quote.className = "quote";
    quote.textContent = "Copy the text with its citation";
    quote.addEventListener("click", function () {
      var lines = Array.from(official.querySelectorAll("p, li"), function (one) { return one.textContent.trim(); });
      navigator.clipboard.writeText(lines.join("\n") + "\n\n" + cited.textContent).then(function () {
        quote.textContent = "Copied";
        setTimeout(function () { quote.textContent = "Copy the text with its citation"; }, 2000);
      }, function () { quote.textContent = "Mark it and copy"; });
    });
    official.after(quote);
  }
  document.querySelectorAll(".copyable").forEach(function (block) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy: " + block.querySelector(".label").textContent);
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(block.querySelector("pre").textContent).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 2000);
      }, function () { button.textContent = "Mark it and copy"; });
    });
    block.querySelector(".label").append(" ", button);
  });
})();
