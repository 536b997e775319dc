package io.plumbline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void exampleOfTheReadmeIsSound() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.substring(readme.indexOf("```yaml\n") + 8);

    SemanticModel model =
        DefinitionReader.withCanonical()
            .read(Texts.files(example.substring(0, example.indexOf("```"))));

    assertThat(model.metric("mrr_per_signup")).isPresent();
    assertThat(model.tables()).extracting(SemanticTable::name).contains("partners", "revenue");
  }
}
