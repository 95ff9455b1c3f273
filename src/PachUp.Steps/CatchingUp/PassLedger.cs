using System.Globalization;
using PachUp.Sdk;

namespace PachUp.Steps.CatchingUp;

/// <summary>The journal's record of the passes of one catch-up.</summary>
/// <param name="execution">The step.</param>
internal sealed class PassLedger(IStepExecution execution)
{
    private const string Begun = "pass-begun";
    private const string Done = "pass-done";
    private const string Pass = "pass";

    /// <summary>The number of the next pass.</summary>
    public int Next => 1 + Numbers(Begun).DefaultIfEmpty().Max();

    /// <summary>The number of the pass that was begun and is not done; null if there is none.</summary>
    public int? Unfinished => Numbers(Begun).Except(Numbers(Done)).Select(number => (int?)number).LastOrDefault();

    /// <summary>Records that the files of a pass are written. From now on it has to be finished.</summary>
    public void Begin(int number) => Record(Begun, number);

    /// <summary>Records that everything of a pass has arrived.</summary>
    public void Finish(int number) => Record(Done, number);

    private IEnumerable<int> Numbers(string kind) =>
        execution.Checkpoints.Where(entry => entry.Kind == kind).Select(entry => int.Parse(entry.Facts[Pass], CultureInfo.InvariantCulture));

    private void Record(string kind, int number) =>
        execution.Record(new Checkpoint(kind) { Facts = NamedValues.Of((Pass, number.ToString(CultureInfo.InvariantCulture))) });
}
