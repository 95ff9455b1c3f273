using System.Reflection;
using System.Runtime.InteropServices;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// Refuses a plugin beforehand that was built for another host. Loaded, it would offer nothing without a word, since with a copy of the
/// contract, or a later one, its types are not the host's; or it would fail in the middle of a run.
/// </summary>
internal static class ContractFit
{
    private const string DotNet = ".NETCoreApp";
    private const string Standard = ".NETStandard";
    private const string InstallAgain = "Install the plugin again, or remove its folder.";

    private const string UpdatePachUp = "Update PachUp with `dotnet tool update --global PachUp`";

    private static readonly Assembly Contract = typeof(IPachUpPlugin).Assembly;

    private static readonly AssemblyName[] HostsOwn = [Contract.GetName(), typeof(Operation).Assembly.GetName()];

    /// <summary>Looks at the main assembly of a plugin, and at what lies beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shared">What host and plugin have in common: none of it may have to be later than the host's.</param>
    /// <returns>What was read off it.</returns>
    /// <exception cref="PluginException">It was built for something else.</exception>
    public static AssemblyFacts Check(string path, IReadOnlyCollection<Assembly> shared)
    {
        var facts = AssemblyFacts.TryRead(path) ?? throw new PluginException("It is not a .NET assembly.", InstallAgain);
        RefuseOtherRuntime(facts);
        RefuseOtherProcessor(facts);
        RefuseCopies(Path.GetDirectoryName(path)!);
        foreach (var assembly in shared)
        {
            RefuseLater(facts, assembly.GetName());
        }

        foreach (var assembly in shared)
        {
            RefuseWhatIsMissing(facts, assembly);
        }

        return facts;
    }

    private static void RefuseOtherRuntime(AssemblyFacts facts)
    {
        var here = $"this PachUp runs on .NET {Environment.Version.ToString(2)}";
        if (facts.Framework is { Identifier: DotNet } built && built.Version > Environment.Version)
        {
            throw new PluginException(
                $"It was built for .NET {built.Version}; {here}.", $"Install a version of the plugin for .NET {Environment.Version.ToString(2)} or an earlier one.");
        }

        if (facts.Framework is { Identifier: not (DotNet or Standard) } other)
        {
            throw new PluginException(
                $"It was built for {other.Identifier} {other.Version}; {here}.", "Install a version of the plugin for .NET, or tell its author.");
        }
    }

    private static void RefuseOtherProcessor(AssemblyFacts facts)
    {
        if (facts.Processor is { } built && built != RuntimeInformation.ProcessArchitecture)
        {
            throw new PluginException(
                $"It was built for {NameOf(built)} processors; this PachUp runs on {NameOf(RuntimeInformation.ProcessArchitecture)}.",
                "Install a version of the plugin for any processor, or tell its author.");
        }
    }

    private static string NameOf(Architecture processor) => processor.ToString().ToLowerInvariant();

    private static void RefuseCopies(string folder)
    {
        foreach (var own in HostsOwn)
        {
            var copy = Path.Combine(folder, own.Name + ".dll");
            if (File.Exists(copy))
            {
                throw new PluginException(
                    $"It carries its own copy of {own.Name}.dll, {VersionOf(copy)}, so that nothing in it fits this PachUp, which has {own.Version}.",
                    $"Delete \"{copy}\".");
            }
        }
    }

    private static string VersionOf(string copy) => AssemblyFacts.TryRead(copy) is { } facts ? $"version {facts.Version}" : "which is no .NET assembly";

    private static void RefuseLater(AssemblyFacts facts, AssemblyName own)
    {
        if (facts.References.GetValueOrDefault(own.Name!) is { } builtAgainst && builtAgainst > own.Version)
        {
            throw new PluginException(
                $"It was built against {own.Name} {builtAgainst}; this PachUp has {own.Version}.",
                $"{UpdatePachUp}, or install a version of the plugin for {own.Name} {own.Version}.");
        }
    }

    /// <summary>A compatible later contract has the same version as an assembly; what it has more is seen only in what is used of it.</summary>
    private static void RefuseWhatIsMissing(AssemblyFacts facts, Assembly shared)
    {
        var name = shared.GetName().Name!;
        if (facts.Uses.FirstOrDefault(use => use.Assembly == name && !use.IsIn(shared)) is not { } missing)
        {
            return;
        }

        var contract = Contract.GetName().Name!;
        var (built, needed) = (facts.Notes.GetValueOrDefault(contract), $"{contract} {PluginAssembly.VersionOf(Contract)}");
        throw new PluginException(
            $"It needs {missing}, which {needed} of this PachUp does not have{(built is null ? "" : $"; it was built against {contract} {built}")}.",
            $"{UpdatePachUp}, or install a version of the plugin for {needed}.");
    }
}
