/**
 * Probability that a rise is no chance fluctuation, given its evidence: the posterior of "the rate rose" against "nothing but
 * chance" (Bayes' rule), where before any count a rise is thought to have the odds of the evidence that opens an alarm. So an
 * alarm opens at one half, and each decade beyond multiplies the odds by ten.
 *
 * @param evidenceNats log likelihood ratio of the leading chart
 * @param openAtNats evidence that opens an alarm of this series
 * @returns in (0, 1)
 */
export function confidenceOfEvidence(evidenceNats: number, openAtNats: number): number {
  const logOdds = Math.min(34, Math.max(-34, evidenceNats - openAtNats))
  return 1 / (1 + Math.exp(-logOdds))
}
