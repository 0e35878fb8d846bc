// Keeps the draft of a practical task while she writes. What may belong to a real person stays in her form.
import { kinds } from "./identifiers.js";

const form = document.querySelector("form[data-task]");
const status = document.getElementById("tersimpan");
const { saved, failed, wrong, refusal, next } = form.dataset;
const words = JSON.parse(form.dataset.kinds);
const WAIT = 2000;
const MOST_ROWS = 20;
const dirty = new Set();
let timer = 0;

const questions = [...form.querySelectorAll("[data-question]")];
const controls = (question) => [...question.querySelectorAll("input:not([type=hidden]), select, textarea")];
const typed = (question) =>
  controls(question).filter((one) => !one.matches("select, [type=radio], [type=checkbox]")).map((one) => one.value);

function show(question, sentence) {
  const box = question.firstElementChild.nextElementSibling;
  let error = question.querySelector(".error");
  box.classList.toggle("wrong", Boolean(sentence));
  for (const one of controls(question)) one.ariaInvalid = sentence ? "true" : null;
  if (!sentence) return error?.remove();
  if (!error) {
    error = document.createElement("p");
    error.className = "error";
    box.querySelector("label, legend").after(error);
  }
  error.textContent = sentence;
}

// True when this question may leave the page.
function isSafe(question) {
  const found = [...kinds(typed(question).join(" \n "))].map((kind) => words[kind]);
  show(question, found.length ? refusal.replace("{what}", found.join(", ")) : "");
  return !found.length;
}

function parcel(sent) {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "entry"]) data.append(name, form.elements[name].value);
  for (const question of sent) {
    data.append("field", question.querySelector("[name=field]").value);
    for (const one of controls(question)) if (!one.matches("[type=radio], [type=checkbox]") || one.checked) data.append(one.name, one.value);
  }
  return data;
}

// Sends what has changed and is safe; true when everything on the page is stored.
async function save(keepalive = false) {
  clearTimeout(timer);
  const changed = [...dirty];
  const sent = changed.filter(isSafe);
  let isWhole = sent.length === changed.length;
  changed.at(-1)?.after(status);
  if (sent.length) {
    for (const question of sent) dirty.delete(question);
    try {
      const order = { method: "POST", body: parcel(sent), headers: { "X-Part": "1" }, redirect: "error", keepalive };
      const reply = await fetch(location.pathname, order);
      const told = await reply.json();
      for (const question of sent) {
        const sentence = told.fields[question.dataset.question];
        if (sentence) {
          show(question, sentence);
          dirty.add(question);
          isWhole = false;
        }
      }
      if (told.error) throw new Error(told.error);
      status.textContent = isWhole ? saved.replace("{time}", told.saved) : wrong;
    } catch {
      for (const question of sent) dirty.add(question);
      status.textContent = failed;
      return false;
    }
  } else if (!isWhole) status.textContent = wrong;
  return isWhole;
}

function addRow(question) {
  const rows = question.querySelectorAll("tbody tr");
  if (rows.length >= MOST_ROWS) return;
  const row = rows[rows.length - 1].cloneNode(true);
  for (const cell of row.querySelectorAll("input")) {
    cell.name = cell.name.replace(/\.\d+\.(\d+)$/, `.${rows.length}.$1`);
    cell.ariaLabel = cell.ariaLabel.replace(/\d+$/, rows.length + 1);
    cell.value = "";
  }
  rows[rows.length - 1].after(row);
  row.querySelector("input").focus();
}

function changed(event) {
  const question = event.target.closest("[data-question]");
  if (!question) return;
  dirty.add(question);
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
}

async function submit(event) {
  event.preventDefault();
  const go = event.submitter?.name === "go" ? event.submitter.value : "";
  if (go && go !== "on") return addRow(event.submitter.closest("[data-question]"));
  for (const question of questions) if (question.querySelector(".error")) dirty.add(question);
  const isWhole = await save();
  form.querySelector(".btns").before(status);
  if (isWhole && go === "on") return location.assign(next);
  (form.querySelector(".wrong :is(input, textarea, select)") ?? status).focus();
}

form.addEventListener("input", changed);
form.addEventListener("submit", submit);
addEventListener("online", () => dirty.size && save());
document.addEventListener("visibilitychange", () => document.hidden && dirty.size && save(true));
