export const SITE_TITLE = "Harbour Weekly";
export const SITE_DESCRIPTION = "News of the harbour, once a week.";
