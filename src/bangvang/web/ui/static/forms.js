// Small comforts; every main path works without this file.

// A second press of the same button does nothing, and the button says that the first is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button && button.classList.contains("button")) {
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Đang gửi…";
  }
});

// Coming back with the Back button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The list of errors is where the keyboard goes first.
document.querySelector(".note--bad[role=alert]")?.focus();
