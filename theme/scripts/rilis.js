// A release writes its number, date and origin here; a site that was only built has none to show.
"use strict";
