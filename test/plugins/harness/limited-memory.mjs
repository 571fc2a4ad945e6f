// The job of a test: little memory again and again, in a process whose own young memory is as full as it comes, as any check may find it.
export function run({ process }, { rounds, room }) {
  const kept = [];
  const grow = (count) => {
    for (let one = 0; one < count; one++) kept.push({ one, list: [one, count], text: `${one} of ${kept.length}` });
  };
  for (let round = 0; round < rounds; round++) {
    if (kept.length > 6000) kept.length = 0;
    grow(60);
    process.withLimit('data', room, () => grow(10));
  }
  return { rounds };
}
