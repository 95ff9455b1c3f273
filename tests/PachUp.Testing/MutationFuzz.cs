using System.Globalization;

namespace PachUp.Testing;

/// <summary>
/// Damages samples in many ways and reads them. The reader must accept a sample or report what is wrong, in limited time and with limited memory.
/// <c>PACHUP_FUZZ_ITERATIONS</c> sets the number of samples, <c>PACHUP_FUZZ_SEED</c> the start. A failure tells how to repeat it. Memory is measured
/// for the whole process, so these tests run alone: see <see cref="Collection"/>.
/// </summary>
public static class MutationFuzz
{
    /// <summary>The collection of tests that run alone.</summary>
    public const string Collection = "Fuzz";

    /// <summary>
    /// The largest allocation for one sample, in bytes. A whole sample archive needs less than a tenth of it. A reader that trusts a wrong length prefix
    /// needs more.
    /// </summary>
    public const long MostBytes = 256 * 1024 * 1024;

    private const int ShortRun = 400;
    private const int MostMutations = 8;

    /// <summary>The time limit for one sample, long enough for any machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly byte[][] Interesting =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        .. new[] { "null", "[]", "{}", "[[[[[[[[", "-1", "1e999", "\"\\ud800\"", "../../../etc/passwd", "\0" }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static int FirstSeed => Setting("PACHUP_FUZZ_SEED", byDefault: 1);

    private static int Iterations => Setting("PACHUP_FUZZ_ITERATIONS", ShortRun);

    /// <summary>Fuzzes a reader.</summary>
    /// <param name="samples">Valid samples.</param>
    /// <param name="read">Reads a damaged sample.</param>
    /// <param name="isAnswer">Whether an exception is an expected refusal.</param>
    public static async Task RunAsync(IReadOnlyList<byte[]> samples, Func<byte[], Task> read, Func<Exception, bool> isAnswer)
    {
        for (var seed = FirstSeed; seed < FirstSeed + Iterations; seed++)
        {
            var damaged = Damage(samples, new Random(seed));
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                await Task.Run(() => read(damaged)).WaitAsync(Deadline);
            }
            catch (Exception e) when (isAnswer(e))
            {
                // The reader reported what is wrong, as expected.
            }
            catch (Exception e)
            {
                throw Found(seed, $"was answered with {e.GetType().Name}: {e.Message}", e);
            }

            var allocated = GC.GetTotalAllocatedBytes() - before;
            if (allocated > MostBytes)
            {
                throw Found(seed, $"took {allocated} bytes of memory, and may take {MostBytes}");
            }
        }
    }

    private static InvalidOperationException Found(int seed, string what, Exception? inner = null) =>
        new($"Damage {seed} {what}. See it again with PACHUP_FUZZ_SEED={seed} PACHUP_FUZZ_ITERATIONS=1.", inner);

    private static int Setting(string variable, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : byDefault;

    private static byte[] Damage(IReadOnlyList<byte[]> samples, Random random)
    {
        var bytes = new List<byte>(samples[random.Next(samples.Count)]);
        for (var left = random.Next(1, MostMutations + 1); left > 0; left--)
        {
            DamageOnce(bytes, samples, random);
        }

        return [.. bytes];
    }

    private static void DamageOnce(List<byte> bytes, IReadOnlyList<byte[]> samples, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var rest = bytes.Count - at;
        switch (random.Next(6))
        {
            case 0 when rest > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(rest, random.Next(1, 64)));
                break;
            case 2:
                bytes.RemoveRange(at, rest);
                break;
            case 3:
                bytes.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(rest, random.Next(1, 256))));
                break;
            default:
                var other = samples[random.Next(samples.Count)];
                bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(random.Next(1, 256)));
                break;
        }
    }
}
