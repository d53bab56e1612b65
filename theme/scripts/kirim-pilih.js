// What the address says of the region, or of the case that is replicated, goes along to the forms.
document.querySelectorAll("[data-carry] a").forEach((link) => {
  link.href += window.location.search + window.location.hash;
});
