using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The number of workers that a pipeline asks for.</summary>
internal static class Parallelism
{
    /// <summary>The number of nodes of the sandbox's Kubernetes.</summary>
    private const int Nodes = 1;

    /// <summary>The number for a spec; without one it is 1.</summary>
    public static ulong Of(ParallelismSpec? spec) => spec switch
    {
        { Constant: > 0 } => spec.Constant,
        { Coefficient: > 0 } => (ulong)Math.Max(Math.Floor(spec.Coefficient * Nodes), 1),
        _ => 1,
    };
}
