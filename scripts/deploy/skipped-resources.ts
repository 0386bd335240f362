/** Types that the stand-in does not create, each with the reason why nothing is lost by it. */
export const SKIPPED_RESOURCES: Record<string, string> = {};
