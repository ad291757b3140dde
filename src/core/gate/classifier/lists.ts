/** Plain-language rules and facts for the classifier, in the lists that settings and managed policy have for them. */
export const classifierLists = ['environment', 'allow', 'softDeny', 'hardDeny'] as const;
export type ClassifierLists = Readonly<Record<(typeof classifierLists)[number], readonly string[]>>;

export const noLists: ClassifierLists = { environment: [], allow: [], softDeny: [], hardDeny: [] };

/** Stands in a list for the built-in rules of its group; a user's list without it does without them. */
export const defaultRules = '$defaults';
