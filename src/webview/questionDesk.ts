/** An open question as the page sees it. */
export interface OpenQuestion {
  readonly id: string;
  readonly element: HTMLElement;
  /** Puts the keyboard on *Deny*. */
  focusDeny(): void;
}

/** Knows which questions are open and which were answered here: an answer is given once, however often an item is drawn. */
export interface QuestionDesk {
  open(question: OpenQuestion): void;
  close(id: string): void;
  /** True the first time only. */
  answer(id: string): boolean;
  wasAnswered(id: string): boolean;
  /** The oldest question that waits for the person. */
  waiting(): OpenQuestion | undefined;
}

export function createQuestionDesk(): QuestionDesk {
  const open = new Map<string, OpenQuestion>();
  const answered = new Set<string>();
  return {
    open: (question) => void open.set(question.id, question),
    close: (id) => void open.delete(id),
    answer(id) {
      if (answered.has(id)) return false;
      answered.add(id);
      open.delete(id);
      return true;
    },
    wasAnswered: (id) => answered.has(id),
    waiting: () => open.values().next().value,
  };
}
