// Drawing over words with a pointer chooses them too. Without this script the boxes beside sentences do.

const text = document.querySelector('.app-text');
const drawn = document.querySelector('[data-drawn]');
const said = document.querySelector('[data-said]');

// The server counts whole characters; a browser counts halves of some, such as emoji.
const characters = (words) => Array.from(words).length;

function place(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const sentence = element?.closest('[data-begins]');
  if (!sentence) return null;
  const before = document.createRange();
  before.setStart(sentence, 0);
  before.setEnd(node, offset);
  return Number(sentence.dataset.begins) + characters(before.toString());
}

function choose() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const begins = place(range.startContainer, range.startOffset);
  const ends = place(range.endContainer, range.endOffset);
  if (begins === null || ends === null || ends <= begins) return;
  drawn.value = `${begins}-${ends}`;
  said.textContent = `Chosen with the pointer: “${selection.toString().trim()}”`;
}

function letGo() {
  drawn.value = '';
  said.textContent = '';
}

text?.addEventListener('pointerup', () => setTimeout(choose));
// A click on a sentence after drawing ticks its box: then the box counts, not what was drawn.
text?.addEventListener('change', letGo);
// Drawing ends with a click on the label, which must not tick the box of its sentence.
text?.addEventListener('click', (event) => {
  if (event.target.closest('label') && !document.getSelection().isCollapsed) event.preventDefault();
});
