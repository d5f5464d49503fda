/** The fields that a refusal names, in order. */
export async function fieldsOf(response: Response): Promise<string[]> {
  const { errors = [] } = (await response.json()) as { errors?: { field: string }[] }
  return errors.map(({ field }) => field).sort()
}
