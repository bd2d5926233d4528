/** Whose word on a pull request counts, besides that nobody's does for their own. */
export const reviewers = ['reviewer'] as const;
