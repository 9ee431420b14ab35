// The explorer's controls: sliders, number boxes, scenarios, table and link, in front of one Vega view.
(function () {
  "use strict";
  if (window.hlExplorers) return;
  var explorers = (window.hlExplorers = []);
  var PREFIX = "#kb=";

  // --- numbers as the reader writes them ---------------------------------------------------
  // The same rules as hlanalysis/numbers.py: thousands in groups of three, one decimal mark.
  function reader(lang) {
    var group = lang === "vi" ? "\\." : ",", mark = lang === "vi" ? "," : "\\.";
    var grouped = new RegExp("^[+-]?[1-9]\\d{0,2}(" + group + "\\d{3})+(" + mark + "\\d+)?$");
    var slip = new RegExp("^[+-]?\\d*[1-9]\\d*" + group + "\\d{3}$");
    var plain = /^[+-]?\d+([.,]\d+)?$/;
    var strip = new RegExp(group, "g");
    return function (text) {
      var s = String(text).replace(/[\s\u00a0\u202f%]/g, "").replace(/[\u2212\u2013]/g, "-");
      if (grouped.test(s)) return Number(s.replace(strip, "").replace(",", "."));
      return plain.test(s) && !slip.test(s) ? Number(s.replace(",", ".")) : NaN;
    };
  }

  // Half away from zero on the digits a reader sees: 80.625 is 80,63 and 1.005 is 1,01.
  function writer(lang) {
    var group = lang === "vi" ? "." : ",", mark = lang === "vi" ? "," : ".";
    return function (value, places) {
      if (!Number.isFinite(value)) return "–";
      if (places === undefined) {
        var exact = String(Math.abs(value));
        places = exact.indexOf("e") < 0 && exact.indexOf(".") >= 0 ? Math.min(6, exact.split(".")[1].length) : 0;
      }
      var scale = Math.pow(10, places);
      var whole = Math.floor(Math.abs(value) * scale * (1 + 4e-16) + 0.5);
      var digits = (whole / scale).toFixed(places).split(".");
      var sign = value < 0 && whole > 0 ? "-" : "";
      return sign + digits[0].replace(/\B(?=(\d{3})+$)/g, group) + (places ? mark + digits[1] : "");
    };
  }

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) {
      element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return element;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, key) { return values[key]; });
  }

  var made = 0;

  function Explorer(section, number) {
    this.number = number;
    this.section = section;
    this.lang = section.lang === "en" ? "en" : "vi";
    this.words = JSON.parse(section.querySelector(".hlx-words").textContent);
    this.spec = JSON.parse(section.querySelector(".hlx-spec").textContent);
    this.about = this.spec.usermeta.hlanalysis;
    this.read = reader(this.lang);
    this.write = writer(this.lang);
    this.slots = {};
    this.values = {};
    this.pending = false;
    this.wanted = null;
    var start = {};
    this.spec.signals.forEach(function (signal) {
      delete signal.bind;
      start[signal.name] = signal.value;
    });
    this.about.levers.forEach(function (lever) {
      lever.slots.forEach(function (slot) {
        this.slots[slot.key] = { lever: lever, slot: slot };
        this.values[slot.key] = start[slot.signal];
      }, this);
    }, this);
  }

  Explorer.prototype.start = function () {
    var self = this, stage = document.createElement("div");
    return window.vegaEmbed(stage, this.spec, {
      mode: "vega", renderer: "svg", ast: true, actions: false,
      formatLocale: this.spec.usermeta.embedOptions.formatLocale
    }).then(function (result) {
      self.view = result.view;
      var box = self.section.querySelector(".hlx-chart");
      box.textContent = "";
      box.appendChild(stage);
      self.build();
      self.fit();
      window.addEventListener("resize", function () { self.fit(); });
      window.addEventListener("hashchange", function () { self.fromLink(); });
      if (!self.fromLink()) self.show();
      self.ready = true;
    });
  };

  Explorer.prototype.fit = function () {
    var width = Math.max(300, Math.min(960, this.section.querySelector(".hlx-chart").clientWidth - 4));
    if (this.view.width() !== width) this.view.width(width).runAsync();
  };

  // --- controls ----------------------------------------------------------------------------
  Explorer.prototype.build = function () {
    var words = this.words, self = this, box = this.section.querySelector(".hlx-controls");
    this.preset = make("select", { id: this.id() });
    this.preset.appendChild(make("option", { value: "own" }, [words.own]));
    this.about.presets.forEach(function (preset, number) {
      self.preset.appendChild(make("option", { value: String(number) }, [preset.title]));
    });
    this.preset.addEventListener("change", function () {
      if (self.preset.value !== "own") self.choose(Number(self.preset.value));
    });
    this.shown = make("select", { id: this.id() });
    this.about.variables.forEach(function (variable) {
      var unit = variable.unit ? " (" + variable.unit + ")" : "";
      self.shown.appendChild(make("option", { value: variable.name }, [variable.label + unit]));
    });
    this.shown.addEventListener("change", function () {
      self.view.signal("shown__variable", self.shown.value);
      self.redraw();
    });
    this.reason = make("p", { class: "hlx-reason" });
    box.appendChild(make("div", { class: "hlx-top" }, [
      this.field(words.scenario, this.preset), this.field(words.show, this.shown)
    ]));
    box.appendChild(this.reason);
    var main = make("div", { class: "hlx-grid" }), more = make("div", {});
    this.about.levers.forEach(function (lever) {
      var single = lever.slots.length === 1 && lever.slots[0].year === null;
      if (single && lever.group === "main") main.appendChild(self.lever(lever, lever.slots[0], "div"));
      else if (single) more.appendChild(make("div", { class: "hlx-year" }, [self.lever(lever, lever.slots[0])]));
      else {
        var years = lever.slots.map(function (slot) { return self.lever(lever, slot); });
        more.appendChild(make("div", { class: "hlx-year", role: "group", "aria-label": lever.label }, [
          make("p", { class: "hlx-name" }, [lever.label]), make("div", { class: "hlx-grid" }, years)
        ]));
      }
    });
    box.appendChild(make("fieldset", { class: "hlx-levers" }, [make("legend", {}, [words.levers]), main]));
    if (more.firstChild) {
      box.appendChild(make("details", { class: "hlx-more" }, [make("summary", {}, [words.more]), more]));
    }
    var reset = make("button", { type: "button" }, [words.reset]);
    reset.addEventListener("click", function () { self.choose(0); });
    var link = make("button", { type: "button" }, [words.link]);
    link.addEventListener("click", function () { self.copy(); });
    box.appendChild(make("div", { class: "hlx-buttons" }, [reset, link]));
    box.hidden = false;
  };

  Explorer.prototype.id = function () { made += 1; return "hlx-" + made; };

  Explorer.prototype.field = function (text, control) {
    return make("div", { class: "hlx-field" }, [make("label", { for: control.id }, [text]), control]);
  };

  Explorer.prototype.lever = function (lever, slot) {
    var self = this, name = slot.year === null ? lever.label : String(slot.year);
    var full = slot.year === null ? lever.label : lever.label + ", " + slot.year;
    var label = make("label", { class: "hlx-name", for: this.id() }, [name]);
    var ends = { low: this.write(lever.low), high: this.write(lever.high) };
    var range = make("input", {
      type: "range", id: label.htmlFor, min: lever.low, max: lever.high, step: "any",
      "aria-label": full + ", " + this.words.slider
    });
    var text = make("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false",
      "aria-label": full + (lever.unit ? " (" + lever.unit + ")" : "") + ", " + fill(this.words.from_to, ends)
    });
    var problem = make("p", { class: "hlx-problem", id: this.id() });
    text.setAttribute("aria-describedby", problem.id);
    var held = { lever: lever, slot: slot, range: range, text: text, problem: problem };
    held.box = make("div", { class: "hlx-lever" }, [
      label, make("div", { class: "hlx-pair" }, [range, text, make("span", { class: "hlx-unit" }, [lever.unit])]), problem
    ]);
    this.slots[slot.key] = held;
    range.addEventListener("input", function () {
      var steps = Math.round((Number(range.value) - lever.low) / lever.step);
      self.set(slot.key, self.clean(Math.min(lever.high, lever.low + steps * lever.step)));
    });
    range.addEventListener("keydown", function (event) { self.nudge(event, held); });
    text.addEventListener("change", function () { self.typed(held); });
    text.addEventListener("keydown", function (event) { if (event.key === "Enter") self.typed(held); });
    return held.box;
  };

  // Slider steps add up to 7.1500000000000004; nobody means that.
  Explorer.prototype.clean = function (value) { return Number(value.toPrecision(12)); };

  // A range input with step "any" shows typed values exactly; its arrow keys are ours.
  Explorer.prototype.nudge = function (event, held) {
    var lever = held.lever, now = this.values[held.slot.key], value = null;
    if (event.key === "ArrowRight" || event.key === "ArrowUp") value = now + lever.step;
    if (event.key === "ArrowLeft" || event.key === "ArrowDown") value = now - lever.step;
    if (event.key === "PageUp") value = now + 10 * lever.step;
    if (event.key === "PageDown") value = now - 10 * lever.step;
    if (event.key === "Home") value = lever.low;
    if (event.key === "End") value = lever.high;
    if (value === null) return;
    event.preventDefault();
    this.set(held.slot.key, this.clean(Math.max(lever.low, Math.min(lever.high, value))));
  };

  Explorer.prototype.typed = function (held) {
    var lever = held.lever, value = this.read(held.text.value), told = "";
    if (!Number.isFinite(value)) told = fill(this.words.bad, { text: held.text.value });
    else if (value < lever.low || value > lever.high) {
      told = fill(this.words.outside, {
        text: held.text.value, low: this.write(lever.low), high: this.write(lever.high)
      });
    }
    held.problem.textContent = told;
    if (told) held.text.setAttribute("aria-invalid", "true");
    else if (value === this.values[held.slot.key]) this.mark(held);
    else this.set(held.slot.key, value);
  };

  // --- moving ------------------------------------------------------------------------------
  Explorer.prototype.set = function (key, value) {
    this.values[key] = value;
    this.view.signal(this.slots[key].slot.signal, value);
    this.mark(this.slots[key]);
    this.preset.value = "own";
    this.reason.textContent = "";
    this.redraw(true);
  };

  Explorer.prototype.choose = function (number) {
    var preset = this.about.presets[number], self = this;
    Object.keys(this.slots).forEach(function (key) {
      var base = self.slots[key].slot.value;
      self.values[key] = key in preset.values ? preset.values[key] : base;
    });
    this.apply();
    this.preset.value = String(number);
    this.reason.textContent = preset.reason;
  };

  Explorer.prototype.apply = function () {
    var self = this;
    Object.keys(this.slots).forEach(function (key) {
      self.view.signal(self.slots[key].slot.signal, self.values[key]);
      self.mark(self.slots[key]);
    });
    this.redraw(true);
  };

  Explorer.prototype.mark = function (held) {
    var value = this.values[held.slot.key], written = this.write(value);
    held.range.value = value;
    held.range.setAttribute("aria-valuetext", written + (held.lever.unit ? " " + held.lever.unit : ""));
    held.text.value = written;
    held.text.removeAttribute("aria-invalid");
    held.problem.textContent = "";
    held.box.toggleAttribute("data-changed", value !== held.slot.value);
  };

  // One redraw at a time: while one runs, further moves only remember that another is due.
  Explorer.prototype.redraw = function (moved) {
    var self = this;
    this.moved = this.moved || moved;
    if (this.pending) { this.again = true; return; }
    this.pending = true;
    this.view.runAsync().then(function () {
      self.pending = false;
      self.table();
      if (self.again) { self.again = false; self.redraw(); return; }
      if (self.moved) { self.moved = false; self.settle(); }
    });
  };

  // The link and the spoken sentence wait until the reader stops moving.
  Explorer.prototype.settle = function () {
    var self = this;
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(function () { self.link(); self.say(); }, 350);
  };

  Explorer.prototype.show = function () {
    Object.keys(this.slots).forEach(function (key) { this.mark(this.slots[key]); }, this);
    var changed = Object.keys(this.slots).some(function (key) {
      return this.values[key] !== this.slots[key].slot.value;
    }, this);
    this.preset.value = changed ? "own" : "0";
    this.table();
    this.say();
  };

  Explorer.prototype.table = function () {
    var paths = this.view.signal("live__paths"), rows = this.section.querySelectorAll(".hlx-table tbody tr");
    this.about.variables.forEach(function (variable, row) {
      var cells = rows[row].cells;
      paths[variable.name].forEach(function (value, i) {
        var text = Number.isFinite(value) ? this.write(value, variable.places) : this.words.no_value;
        var cell = cells[i + 1];
        if (cell.textContent !== text) cell.textContent = text;
        var changed = text !== this.write(variable.base[i], variable.places);
        if (cell.hasAttribute("data-changed") !== changed) cell.toggleAttribute("data-changed", changed);
      }, this);
    }, this);
  };

  Explorer.prototype.say = function () {
    var name = this.view.signal("shown__variable"), last = this.about.years.length - 1;
    var variable = this.about.variables.filter(function (one) { return one.name === name; })[0];
    var value = this.view.signal("live__paths")[name][last];
    var unit = !variable.unit ? "" : variable.unit === "%" ? "%" : " " + variable.unit;
    var text = variable.label + " " + this.about.years[last] + ": " +
      (Number.isFinite(value) ? this.write(value, variable.places) + unit : this.words.no_value);
    text += " (" + this.words.base + " " + this.write(variable.base[last], variable.places) + unit + ")";
    var status = this.section.querySelector(".hlx-status");
    if (status.textContent !== text) status.textContent = text;
  };

  // --- link --------------------------------------------------------------------------------
  Explorer.prototype.hash = function () {
    var parts = [];
    Object.keys(this.slots).forEach(function (key) {
      var value = this.values[key];
      if (value !== this.slots[key].slot.value) parts.push(encodeURIComponent(key) + ":" + value);
    }, this);
    parts.push("v:" + this.view.signal("shown__variable"));
    return PREFIX + this.about.model + (this.number ? "." + this.number : "") + ";" + parts.join(";");
  };

  Explorer.prototype.link = function () {
    var hash = this.hash();
    if (window.location.hash === hash) return;
    try { window.history.replaceState(null, "", hash); } catch (error) { this.wanted = hash; window.location.hash = hash; }
  };

  Explorer.prototype.copy = function () {
    var self = this, status = this.section.querySelector(".hlx-status");
    this.link();
    var done = function (text) { status.textContent = text; };
    var address = window.location.href;
    if (!navigator.clipboard) { done(this.words.link_is); return; }
    navigator.clipboard.writeText(address).then(
      function () { done(self.words.copied); }, function () { done(self.words.link_is); }
    );
  };

  Explorer.prototype.fromLink = function () {
    var hash = window.location.hash;
    if (hash.indexOf(PREFIX) !== 0 || hash === this.wanted) return false;
    var parts = hash.slice(PREFIX.length).split(";"), self = this, unknown = [];
    var mine = this.about.model + (this.number ? "." + this.number : "");
    if (parts.shift() !== mine) return false;
    Object.keys(this.slots).forEach(function (key) { self.values[key] = self.slots[key].slot.value; });
    parts.forEach(function (part) {
      var cut = part.lastIndexOf(":"), key;
      try { key = decodeURIComponent(part.slice(0, cut)); } catch (error) { key = part; }
      var value = part.slice(cut + 1), held = self.slots[key];
      if (key === "v") {
        if (self.about.variables.some(function (one) { return one.name === value; })) {
          self.shown.value = value;
          self.view.signal("shown__variable", value);
        }
      } else if (held && value.trim() !== "" && Number.isFinite(Number(value))) {
        self.values[key] = Math.max(held.lever.low, Math.min(held.lever.high, Number(value)));
      } else if (part) unknown.push(key);
    });
    Object.keys(this.slots).forEach(function (key) {
      self.view.signal(self.slots[key].slot.signal, self.values[key]);
    });
    this.view.runAsync().then(function () {
      self.show();
      if (unknown.length) {
        self.section.querySelector(".hlx-status").textContent = fill(self.words.unknown, { text: unknown.join(", ") });
      }
    });
    return true;
  };

  function begin() {
    if (!window.vegaEmbed) return;
    document.querySelectorAll(".hl-explorer").forEach(function (section, number) {
      var one = new Explorer(section, number);
      explorers.push(one);
      one.done = one.start();
    });
  }
  // The bundle may stand after this script: wait for the whole page.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
