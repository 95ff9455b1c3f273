using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;

namespace PachUp.Sandbox.Tests.Conformance;

public sealed class TranscriptSetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pachup-transcripts-").FullName;

    [Fact]
    public void A_chain_holds_all_scenarios_before_the_last_and_none_that_began_on_an_empty_cluster()
    {
        Record("asked", "02-repos", "07-read", "20-source-world");
        var set = new TranscriptSet(Folder("asked"), new Release(1, 8, 7), library: "", made: "");

        var chain = set.ChainUpTo(new Scenario("07-read"));

        Assert.Equal(["02-repos", "07-read"], chain.Select(transcript => transcript.Scenario.Name));
    }

    [Fact]
    public void A_missing_scenario_is_taken_from_the_nearest_release_that_has_it()
    {
        Record("asked", "07-read");
        Record("library/1.7.14", "06-create");
        Record("library/1.8.8", "06-create");
        Record("library/1.9.0", "06-create");
        var set = new TranscriptSet(Folder("asked"), new Release(1, 8, 7), Folder("library"), made: "");

        var chain = set.ChainUpTo(new Scenario("07-read"));

        Assert.Equal([Path.Combine(Folder("library/1.8.8"), "06-create.jsonl"), Path.Combine(Folder("asked"), "07-read.jsonl")], chain.Select(transcript => transcript.Path));
    }

    [Fact]
    public void A_stand_in_made_for_the_release_is_preferred_to_a_recording_of_another_release()
    {
        Record("asked", "07-read");
        Record("library/1.8.8", "06-create");
        Record("made/1.8.7", "06-create");
        var set = new TranscriptSet(Folder("asked"), new Release(1, 8, 7), Folder("library"), Folder("made"));

        var chain = set.ChainUpTo(new Scenario("07-read"));

        Assert.Equal(Path.Combine(Folder("made/1.8.7"), "06-create.jsonl"), chain.First().Path);
    }

    [Fact]
    public void A_recording_in_the_folder_is_preferred_to_one_of_the_repository()
    {
        Record("asked", "06-create");
        Record("library/1.8.7", "06-create");
        var set = new TranscriptSet(Folder("asked"), new Release(1, 8, 7), Folder("library"), made: "");

        var transcript = Assert.Single(set.ChainUpTo(new Scenario("06-create")));

        Assert.StartsWith(Folder("asked"), transcript.Path, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Folder(string name) => Path.Combine(_root, name);

    private void Record(string folder, params string[] scenarios)
    {
        Directory.CreateDirectory(Folder(folder));
        foreach (var scenario in scenarios)
        {
            File.WriteAllText(Path.Combine(Folder(folder), scenario + ".jsonl"), "");
        }
    }
}
