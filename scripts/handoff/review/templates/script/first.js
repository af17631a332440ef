"use strict";
// Before anything is laid out: one tab is enough, so that the page opens at once.
document.documentElement.dataset.shown = (/[#&]tab=([a-z]+)/.exec(location.hash) ?? [0, "funnel"])[1];
