(function () {
  "use strict";
  var root = document.documentElement;
  var words = JSON.parse(document.getElementById("hl-words").textContent);
  root.classList.add("js");

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    if (text) element.textContent = text;
    return element;
  }

  // A number opens its source beside itself; without script the same link jumps to the list.
  var dialog = null;
  function openSource(mark, items) {
    if (!dialog) {
      dialog = make("dialog", { class: "hl-dialog", "aria-labelledby": "hl-dialog-title" });
      dialog.addEventListener("click", function (event) {
        if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
      });
      document.body.appendChild(dialog);
    }
    var formula = mark.dataset.formula;
    var kind = mark.classList.contains("inferred") ? "inferred" : formula || items.length > 1 ? "computed" : "source_of";
    dialog.textContent = "";
    dialog.appendChild(make("h2", { id: "hl-dialog-title" }, words[kind] + ": " + mark.textContent));
    if (formula) {
      dialog.appendChild(make("p", { class: "hl-label" }, words.formula));
      dialog.appendChild(make("p", { class: "hl-formula" }, formula));
    }
    if (kind !== "source_of") dialog.appendChild(make("p", { class: "hl-label" }, words.rests_on));
    items.forEach(function (item) {
      var content = make("div", { class: "hl-item" });
      Array.from(item.childNodes).forEach(function (node) { content.appendChild(node.cloneNode(true)); });
      content.querySelectorAll("[id]").forEach(function (node) { node.removeAttribute("id"); });
      dialog.appendChild(content);
    });
    var more = make("p", { class: "hl-more" });
    more.appendChild(make("a", { href: "#" + items[0].id, "data-close": "" }, words.in_sources));
    dialog.appendChild(more);
    var close = make("button", { type: "button", class: "hl-x", "data-close": "", "aria-label": words.close }, "×");
    dialog.appendChild(close);
    dialog.showModal();
    close.focus();
    place(mark.getBoundingClientRect());
  }
  function place(mark) {
    dialog.style.cssText = "";
    if (window.innerWidth <= 640) return;
    var box = dialog.getBoundingClientRect();
    var left = Math.max(16, Math.min(mark.left - 24, window.innerWidth - box.width - 16));
    var top = mark.bottom + 10;
    if (top + box.height > window.innerHeight - 16) top = Math.max(16, mark.top - box.height - 10);
    dialog.style.cssText = "position:fixed;margin:0;left:" + left + "px;top:" + top + "px";
  }

  document.addEventListener("click", function (event) {
    var mark = event.target.closest("a.figure[href^='#src-']");
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      var names = (mark.dataset.source || mark.getAttribute("href").slice(5)).split(/\s+/);
      var items = names.map(function (name) { return document.getElementById("src-" + name); }).filter(Boolean);
      if (items.length && typeof HTMLDialogElement === "function") {
        event.preventDefault();
        openSource(mark, items);
      }
      return;
    }
    var button = event.target.closest("button[data-do]");
    if (button) actions[button.dataset.do](button);
  });

  function foldables() { return document.querySelectorAll("details.hl-code"); }
  var actions = {
    code: function (button) {
      var open = button.textContent === words.show_all_code;
      foldables().forEach(function (part) { part.open = open; });
      button.textContent = open ? words.hide_all_code : words.show_all_code;
    },
    enlarge: function (button) {
      button.closest("figure").requestFullscreen().then(function () {
        return screen.orientation.lock("landscape");
      }).catch(function () { /* a desk screen cannot be turned */ });
    },
    save: function (button) {
      picture(button.closest("figure")).then(function (blob) {
        var link = make("a", { download: fileName(), href: URL.createObjectURL(blob) });
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      });
    },
    copy: function (button) {
      var label = button.textContent;
      navigator.clipboard
        .write([new ClipboardItem({ "image/png": picture(button.closest("figure")) })])
        .then(function () {
          button.textContent = words.copied;
          setTimeout(function () { button.textContent = label; }, 2500);
        }, function () { actions.save(button); });
    }
  };
  function fileName() {
    return (document.title.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d")
      .replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 60) || "chart") + ".png";
  }
  // The drawing as a picture twice its size, on white: sharp on a slide.
  function picture(figure) {
    return new Promise(function (resolve, reject) {
      var source = figure.querySelector("svg,img");
      var box = source.viewBox
        ? { width: source.width.baseVal.value, height: source.height.baseVal.value }
        : { width: source.naturalWidth, height: source.naturalHeight };
      var image = new Image();
      image.onerror = reject;
      image.onload = function () {
        var canvas = make("canvas", { width: Math.round(box.width * 2), height: Math.round(box.height * 2) });
        var paint = canvas.getContext("2d");
        paint.fillStyle = "#fff";
        paint.fillRect(0, 0, canvas.width, canvas.height);
        paint.drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) { blob ? resolve(blob) : reject(); }, "image/png");
      };
      if (source.tagName.toLowerCase() === "img") { image.src = source.src; return; }
      var copy = source.cloneNode(true);
      copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      copy.setAttribute("width", box.width);
      copy.setAttribute("height", box.height);
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    });
  }
  if (!document.fullscreenEnabled) hide("enlarge");
  if (!(navigator.clipboard && window.ClipboardItem)) hide("copy");
  function hide(name) {
    document.querySelectorAll("[data-do='" + name + "']").forEach(function (button) { button.remove(); });
  }
  document.querySelectorAll("[data-do='code']").forEach(function (button) {
    button.hidden = foldables().length < 2;
  });

  // A box that scrolls can be reached with the keyboard; one that does not is no stop on the way.
  var boxes = ".hl-scroll,.hl-chart,pre,math[display=block]";
  function reach() {
    document.querySelectorAll(boxes).forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      fade(box);
    });
  }
  // What goes on beyond the right edge fades there.
  function fade(box) {
    box.toggleAttribute("data-more", box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
  }
  document.addEventListener("scroll", function (event) {
    if (event.target.matches && event.target.matches(boxes)) fade(event.target);
  }, { capture: true, passive: true });
  reach();
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  // The table of contents shows where the reader is.
  var links = Array.from(document.querySelectorAll(".hl-toc a"));
  var heads = links.map(function (link) { return document.getElementById(link.getAttribute("href").slice(1)); });
  function here() {
    var current = -1;
    heads.forEach(function (head, n) { if (head && head.getBoundingClientRect().top < 140) current = n; });
    links.forEach(function (link, n) {
      if (n === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  if (links.length) { window.addEventListener("scroll", here, { passive: true }); here(); }

  // Live charts that are not explorers; the still picture stays where a chart cannot be drawn.
  document.querySelectorAll(".hl-live").forEach(function (figure) {
    if (!window.vegaEmbed) return;
    var data = figure.querySelector("script");
    var spec = JSON.parse(data.textContent);
    var stage = make("div", {});
    window.vegaEmbed(stage, spec, { mode: data.dataset.mode, renderer: "svg", ast: true, actions: false }).then(function () {
      var box = figure.querySelector(".hl-chart");
      box.textContent = "";
      box.appendChild(stage);
    });
  });
})();
