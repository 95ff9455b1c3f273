using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Plugins.Assemblies;

/// <summary>A plugin for another host is refused before its code runs, with its file and both versions.</summary>
public sealed class PluginCompatibilityTests : IDisposable
{
    private static readonly string Here = Environment.Version.ToString(2);

    private readonly TemporaryFolder _folder = new();

    private string Main => Path.Combine(_folder.Path, "Foreign", "Foreign.dll");

    public PluginCompatibilityTests() => Directory.CreateDirectory(Path.GetDirectoryName(Main)!);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".NETCoreApp,Version=v99.0", "The plugin was built for .NET 99.0, but this PachUp runs on .NET ")]
    [InlineData(".NETFramework,Version=v4.8", "The plugin was built for .NETFramework 4.8, but this PachUp runs on .NET ")]
    [InlineData("MonoAndroid,Version=v12.0", "The plugin was built for MonoAndroid 12.0, but this PachUp runs on .NET ")]
    public void A_plugin_for_another_runtime_is_refused(string framework, string reason)
    {
        new ForeignAssembly("Foreign", framework: framework).Save(Main);

        Assert.Equal(reason + Here + ".", Problem().Reason);
    }

    [Fact]
    public void A_plugin_for_another_processor_is_refused()
    {
        var (machine, name) = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (Machine.Amd64, "x64") : (Machine.Arm64, "arm64");
        new ForeignAssembly("Foreign").Save(Main, machine);

        Assert.StartsWith($"The plugin was built for {name} processors, but this machine has ", Problem().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_for_any_processor_and_an_earlier_runtime_is_loaded()
    {
        new ForeignAssembly("Foreign", framework: ".NETCoreApp,Version=v8.0").Save(Main);

        Assert.StartsWith("It has no public class that implements IPachUpPlugin", Problem().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_library_is_refused()
    {
        File.Copy(Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*coreclr.*").First(), Main);

        Assert.Equal("It is not a .NET assembly.", Problem().Reason);
    }

    [Fact]
    public void A_plugin_for_an_incompatible_later_contract_is_refused()
    {
        new ForeignAssembly("Foreign").Using(new ForeignAssembly("PachUp.Sdk", "9.0.0.0").AddInterface("PachUp.Sdk.ICheck", "Ask")).Save(Main);

        Assert.Equal("The plugin was built against PachUp.Sdk 9.0.0.0, but this PachUp has 1.0.0.0.", Problem().Reason);
    }

    [Theory]
    [InlineData("PachUp.Sdk.IOracle", "PachUp.Sdk.IOracle")]
    [InlineData("PachUp.Sdk.IStepContext", "PachUp.Sdk.IStepContext.Foretell")]
    public void A_plugin_that_uses_a_new_member_of_a_later_contract_is_refused(string type, string missing)
    {
        new ForeignAssembly("Foreign")
            .Using(new ForeignAssembly("PachUp.Sdk").AddInterface(type, "Foretell"))
            .Noting("PachUp.Sdk", "1.7.0")
            .Save(Main);

        var problem = Problem();

        Assert.Matches($"^The plugin needs {missing}, which PachUp.Sdk [0-9]+[0-9.]* of this PachUp does not have; the plugin was built against PachUp.Sdk 1.7.0.$", problem.Reason);
        Assert.Contains("dotnet tool update --global PachUp", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PachUp.Sdk")]
    [InlineData("PachUp.Sdk.Platforms")]
    [InlineData("PachUp.Pachyderm")]
    public void A_plugin_with_a_copy_of_the_contract_is_refused(string contract)
    {
        new ForeignAssembly("Foreign").Save(Main);
        var copy = Path.Combine(Path.GetDirectoryName(Main)!, contract + ".dll");
        new ForeignAssembly(contract, "9.1.0.0").Save(copy);

        var problem = Problem();

        Assert.Equal($"The plugin contains its own copy of {contract}.dll (version 9.1.0.0), so this PachUp, which has version 1.0.0.0, cannot use it.", problem.Reason);
        Assert.Equal($"Delete \"{copy}\".", problem.Remedy);
    }

    private PluginProblem Problem()
    {
        var problem = Assert.Single(PluginHost.Load([], [new PluginFolder(_folder.Path, IsExpected: true) { IsShipped = true }]).Problems);
        Assert.Equal(Main, problem.Path);
        return problem;
    }
}
