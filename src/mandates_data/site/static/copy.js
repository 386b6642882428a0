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
