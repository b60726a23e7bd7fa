/**
 * The wildcards of IAM policies, for whoever asks what a policy says. Without regular expressions: a hostile pattern takes no longer than
 * pattern times text.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

/** `*` is any text, slashes included, `?` one character. Goes back to the last `*` only, so that no pattern takes for ever. */
export function matchesPolicyPattern(text: string, pattern: string): boolean {
  let [at, next] = [0, 0];
  let star: { readonly at: number; readonly next: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = { at, next: ++next };
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      at++;
      next++;
    } else if (star) {
      star = { at: star.at + 1, next: star.next };
      ({ at, next } = star);
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(next));
}
