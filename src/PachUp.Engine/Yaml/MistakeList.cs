using PachUp.Common.Text;

namespace PachUp.Engine.Yaml;

/// <summary>Collects the mistakes of one plan, so that all of them are reported at once.</summary>
internal sealed class MistakeList(string file)
{
    private readonly List<PlanMistake> _mistakes = [];

    public bool IsEmpty => _mistakes.Count == 0;

    public void Add(PlanPosition position, string problem, string expected = "", string? nearest = null) =>
        _mistakes.Add(new PlanMistake(file, position, problem) { Expected = expected, Nearest = nearest });

    /// <summary>Adds an invalid name, with the valid names and the most similar of them.</summary>
    public void AddUnknownName(PlanPosition position, string problem, string name, IReadOnlyCollection<string> valid) =>
        Add(position, problem, Names.OneOf(valid), NearestName.Of(name, valid));

    /// <summary>Adds a mistake of the whole file.</summary>
    public void AddToFile(string problem, string expected = "") =>
        _mistakes.Add(new PlanMistake(file, null, problem) { Expected = expected });

    /// <summary>Adds a mistake in an option of the command line.</summary>
    public void AddToOption(string option, string problem, string expected = "", string? nearest = null) =>
        _mistakes.Add(new PlanMistake(option, null, problem) { Expected = expected, Nearest = nearest });

    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw new InvalidPlanException(_mistakes);
        }
    }
}
