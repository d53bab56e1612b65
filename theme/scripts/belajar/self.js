// Of a self-check only what is shaped as ours is; that of an earlier portal had no answers.
function selfOf(found) {
  const { kelompok, waktu, jawaban, hasil, standar } = plain(found);
  const given = pick(jawaban, (value) => whole(value, 3) && value);
  const group = NAME.test(kelompok || "") ? kelompok : "";
  if (!group) return {};
  const [reached, of] = Array.isArray(hasil) ? hasil : [];
  return {
    kelompok: group, waktu: when(waktu), jawaban: given,
    hasil: whole(of, 999) && whole(reached, of) ? [reached, of] : null, standar: String(standar || "").slice(0, 20),
  };
}
