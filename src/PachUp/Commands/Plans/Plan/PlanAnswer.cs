using PachUp.Engine.Planning;
using PachUp.Engine.Routes;

namespace PachUp.Commands.Plans.Plan;

/// <summary>The answer of <c>plan</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Next">The command to type next.</param>
/// <param name="Path">The path in which the plan is the next hop; null if the user named the plan.</param>
internal sealed record PlanAnswer(PlanPreview Plan, string? Next, MigrationPath? Path = null);
