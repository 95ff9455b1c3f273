using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;

namespace PachUp.Sandbox.Tests.Conformance;

public class ScenarioTests
{
    [Theory]
    [InlineData("02-repos", true)]
    [InlineData("16-self-input", true)]
    [InlineData("20-source-world", false)]
    [InlineData("30-restore-1.7.14-world-full", false)]
    [InlineData("made-up", false)]
    public void Scenarios_below_20_continue_one_another(string name, bool continues) =>
        Assert.Equal(continues, new Scenario(name).ContinuesOnTheSameServer);

    [Fact]
    public void A_restore_onto_a_copied_bucket_names_the_archive_of_its_source() =>
        Assert.Equal((new Release(1, 7, 14), "world"), new Scenario("30-restore-1.7.14-world-metadata-copy").StorageCopyOf);

    [Theory]
    [InlineData("30-restore-1.7.14-world-full")]
    [InlineData("30-restore-1.7.14-world-metadata-empty")]
    public void Other_restores_begin_on_empty_storage(string name) => Assert.Null(new Scenario(name).StorageCopyOf);
}
