namespace PachUp.Pachyderm.Connections;

/// <summary>Why pachd cannot be reached.</summary>
/// <param name="Found">What is wrong, without a full stop: <c>no pod of pachd is ready</c>.</param>
/// <param name="Remedy">What to do, in full sentences.</param>
public sealed record ConnectionTrouble(string Found, string Remedy)
{
    /// <summary>Whether it may pass by itself, so that trying again for a limited time makes sense even if pachd has never answered.</summary>
    public bool MayPass { get; init; }
}
