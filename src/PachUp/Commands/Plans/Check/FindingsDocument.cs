using System.Collections.Immutable;
using PachUp.Engine.Planning;

namespace PachUp.Commands.Plans.Check;

/// <summary>The answer of <c>check</c>.</summary>
/// <param name="IsRefused">Whether a check refused.</param>
/// <param name="Findings">The results of all checks.</param>
internal sealed record FindingsDocument(bool IsRefused, ImmutableArray<Finding> Findings);
