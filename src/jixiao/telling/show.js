document.addEventListener("mouseover", (event) => {
  for (const old of document.querySelectorAll(".near")) old.classList.remove("near");
  const from = event.target.closest("[data-to]");
  const to = from && document.getElementById(from.dataset.to);
  if (!to) return;
  from.classList.add("near");
  to.classList.add("near");
});
