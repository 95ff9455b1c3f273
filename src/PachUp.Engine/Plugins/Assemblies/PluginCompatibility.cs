using System.Reflection;
using System.Runtime.InteropServices;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// Refuses a plugin that was built for another version of PachUp or .NET, before it is loaded. A plugin with its own or a later contract would load
/// but offer nothing, because its types are not the host's types. Or it would fail in the middle of a run.
/// </summary>
internal static class PluginCompatibility
{
    private const string DotNet = ".NETCoreApp";
    private const string Standard = ".NETStandard";
    private const string InstallAgain = "Install the plugin again, or remove its folder.";

    private const string UpdatePachUp = "Update PachUp with `dotnet tool update --global PachUp`";

    private static readonly Assembly Contract = typeof(IPachUpPlugin).Assembly;

    private static readonly AssemblyName[] HostsOwn = [Contract.GetName(), typeof(ILockingPlatform).Assembly.GetName(), typeof(Operation).Assembly.GetName()];

    /// <summary>Checks the main assembly of a plugin and the files beside it.</summary>
    /// <param name="path">The path of the main assembly.</param>
    /// <param name="shared">The assemblies that host and plugin share. The plugin must not need a later version of them.</param>
    /// <returns>The facts about the main assembly.</returns>
    /// <exception cref="PluginException">The plugin was built for another host.</exception>
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
                $"The plugin was built for .NET {built.Version}, but {here}.", $"Install a version of the plugin for .NET {Environment.Version.ToString(2)} or earlier.");
        }

        if (facts.Framework is { Identifier: not (DotNet or Standard) } other)
        {
            throw new PluginException(
                $"The plugin was built for {other.Identifier} {other.Version}, but {here}.", "Install a version of the plugin for .NET, or report this to its author.");
        }
    }

    private static void RefuseOtherProcessor(AssemblyFacts facts)
    {
        if (facts.Processor is { } built && built != RuntimeInformation.ProcessArchitecture)
        {
            throw new PluginException(
                $"The plugin was built for {NameOf(built)} processors, but this machine has {NameOf(RuntimeInformation.ProcessArchitecture)}.",
                "Install a version of the plugin for any processor, or report this to its author.");
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
                    $"The plugin contains its own copy of {own.Name}.dll ({VersionOf(copy)}), so this PachUp, which has version {own.Version}, cannot use it.",
                    $"Delete \"{copy}\".");
            }
        }
    }

    private static string VersionOf(string copy) => AssemblyFacts.TryRead(copy) is { } facts ? $"version {facts.Version}" : "not a .NET assembly";

    private static void RefuseLater(AssemblyFacts facts, AssemblyName own)
    {
        if (facts.References.GetValueOrDefault(own.Name!) is { } builtAgainst && builtAgainst > own.Version)
        {
            throw new PluginException(
                $"The plugin was built against {own.Name} {builtAgainst}, but this PachUp has {own.Version}.",
                $"{UpdatePachUp}, or install a version of the plugin for {own.Name} {own.Version}.");
        }
    }

    /// <summary>A later compatible contract has the same assembly version. So the members that the plugin uses are checked one by one.</summary>
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
            $"The plugin needs {missing}, which {needed} of this PachUp does not have{(built is null ? "" : $"; the plugin was built against {contract} {built}")}.",
            $"{UpdatePachUp}, or install a version of the plugin for {needed}.");
    }
}
