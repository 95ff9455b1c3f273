using PachUp.Engine.Planning;
using PachUp.Engine.Routes;

namespace PachUp.Commands.Plans.Plan;

/// <summary>The answer of <c>plan</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Next">The command to type next.</param>
/// <param name="Path">The way of which the plan is the next hop; null where the plan was named.</param>
internal sealed record PlanAnswer(PlanPreview Plan, string? Next, MigrationPath? Path = null);
